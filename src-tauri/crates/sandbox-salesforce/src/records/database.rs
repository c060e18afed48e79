//! Tables, the index of unique keys, and a log that takes an unfinished change back.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::rules::Rules;
use super::super::schema::{FieldType, Object, Schema};
use super::super::search::IndexDelay;
use super::row::Row;

/// Object, name of the key, value.
type Key = (&'static str, &'static str, String);

/// An effect for the journal that counts once the change is complete.
#[derive(Debug, Clone)]
pub struct PendingEffect {
    pub kind: String,
    pub id: RecordId,
    pub detail: serde_json::Value,
}

/// All rows of the org.
#[derive(Debug)]
pub struct Database {
    pub schema: Arc<Schema>,
    /// When the schema was last changed, for conditional describes.
    pub deployed: DateTime<Utc>,
    pub rules: Rules,
    pub index_delay: IndexDelay,
    /// How far the lists of changed and deleted ids are behind.
    pub replication_lag: TimeDelta,
    /// Day of the last sweep of old activities.
    pub archived_on: Option<NaiveDate>,
    tables: HashMap<&'static str, BTreeMap<RecordId, Row>>,
    keys: HashMap<Key, RecordId>,
    /// Cells of fields that are not in the schema at the moment.
    hidden: HashMap<(&'static str, &'static str), Vec<(RecordId, Cell)>>,
    next_number: u64,
    marker: [u8; 2],
    undo: Vec<(&'static str, RecordId, Option<Row>)>,
    effects: Vec<PendingEffect>,
}

/// A place in the log of changes to return to.
#[derive(Debug, Clone, Copy)]
pub struct Savepoint {
    undo: usize,
    effects: usize,
}

impl Database {
    pub fn new(schema: Schema, marker: [u8; 2], now: DateTime<Utc>) -> Self {
        let tables = schema.objects().iter().map(|object| (object.name(), BTreeMap::new())).collect();
        Self {
            schema: Arc::new(schema),
            deployed: now,
            rules: Rules::default(),
            index_delay: IndexDelay::default(),
            replication_lag: TimeDelta::zero(),
            archived_on: None,
            hidden: HashMap::new(),
            tables,
            keys: HashMap::new(),
            next_number: 100,
            marker,
            undo: Vec::new(),
            effects: Vec::new(),
        }
    }

    pub fn object(&self, name: &str) -> Option<&Object> {
        self.schema.object(name)
    }

    pub fn fresh_id(&mut self, prefix: &str) -> RecordId {
        self.next_number += 1;
        RecordId::numbered(prefix, self.marker, self.next_number)
    }

    /// A number that grows with every id given out; case numbers are made of it.
    pub fn next_number(&self) -> u64 {
        self.next_number
    }

    /// A row, deleted ones too.
    pub fn row(&self, object: &str, id: RecordId) -> Option<&Row> {
        self.tables.get(object)?.get(&id)
    }

    /// A row that is not in the recycle bin.
    pub fn live(&self, object: &str, id: RecordId) -> Option<&Row> {
        self.row(object, id).filter(|row| !row.deleted)
    }

    /// The object that an id belongs to, and its row.
    pub fn any(&self, id: RecordId) -> Option<(&Object, &Row)> {
        let object = self.schema.by_prefix(id.prefix())?;
        Some((object, self.row(object.name(), id)?))
    }

    /// All rows, deleted ones too, oldest first.
    pub fn rows(&self, object: &str) -> impl Iterator<Item = &Row> {
        self.tables.get(object).into_iter().flat_map(BTreeMap::values)
    }

    /// The row that holds a unique key.
    pub fn by_key(&self, object: &'static str, key: &'static str, value: &str) -> Option<RecordId> {
        self.keys.get(&(object, key, value.to_owned())).copied()
    }

    /// Live rows whose field holds `value`, compared as the field compares.
    pub fn holding(&self, object: &Object, place: usize, value: &str) -> Vec<RecordId> {
        let Some(field) = object.fields.get(place) else { return Vec::new() };
        if field.kind == FieldType::Id {
            let found = RecordId::parse(value).and_then(|id| self.live(object.name(), id));
            return found.map(|row| row.id).into_iter().collect();
        }
        let wanted = folded_key(value, field.case_sensitive);
        if field.unique {
            return self.by_key(object.name(), field.name, &wanted).into_iter().collect();
        }
        self.rows(object.name())
            .filter(|row| !row.deleted)
            .filter(|row| row.get(place).as_str().is_some_and(|own| folded_key(own, field.case_sensitive) == wanted))
            .map(|row| row.id)
            .collect()
    }

    /// Keys that no two live rows of an object may share: unique fields, and for members the pair
    /// of campaign and person.
    pub fn unique_keys(object: &Object, row: &Row) -> Vec<(&'static str, String)> {
        let value_of = |place: &usize| {
            let field = &object.fields[*place];
            let value = row.get(*place).as_str()?;
            Some((field.name, folded_key(value, field.case_sensitive)))
        };
        let mut keys: Vec<(&'static str, String)> = object.unique.iter().filter_map(value_of).collect();
        if object.name() == "CampaignMember"
            && let (Cell::Id(campaign), Cell::Id(person)) =
                (row.named(object, "CampaignId"), row.named(object, "LeadOrContactId"))
        {
            keys.push(("member", format!("{campaign}|{person}")));
        }
        keys
    }

    /// Writes a row and keeps the indexes; can be taken back until [`Self::commit`].
    pub fn put(&mut self, name: &'static str, row: Row) {
        let id = row.id;
        let before = self.replace(name, id, Some(row));
        self.undo.push((name, id, before));
    }

    /// Writes a row of the seeded world, which nobody takes back.
    pub fn seed(&mut self, name: &'static str, row: Row) {
        self.replace(name, row.id, Some(row));
    }

    /// Takes a row away for good.
    pub fn remove(&mut self, name: &'static str, id: RecordId) {
        let before = self.replace(name, id, None);
        self.undo.push((name, id, before));
    }

    /// Puts another schema in place: fields that are gone keep their values out of sight, and have
    /// them again when they come back. Not while a change is open.
    pub fn redeploy(&mut self, schema: Schema, now: DateTime<Utc>) {
        let before = std::mem::replace(&mut self.schema, Arc::new(schema));
        let schema = Arc::clone(&self.schema);
        self.keys.clear();
        for object in schema.objects() {
            let table = self.tables.entry(object.name()).or_default();
            let Some(old) = before.object(object.name()) else { continue };
            let places: Vec<Option<usize>> = old.fields.iter().map(|field| object.place(field.name)).collect();
            for row in table.values_mut() {
                for (place, cell) in row.rearrange(&places) {
                    self.hidden.entry((object.name(), old.fields[place].name)).or_default().push((row.id, cell));
                }
            }
            for (place, field) in object.fields.iter().enumerate().filter(|(_, field)| !old.has(field.name)) {
                for row in table.values_mut() {
                    row.set_default(place, field.default);
                }
                for (id, cell) in self.hidden.remove(&(object.name(), field.name)).unwrap_or_default() {
                    if let Some(row) = table.get_mut(&id) {
                        row.set(place, cell);
                    }
                }
            }
            for row in table.values().filter(|row| !row.deleted) {
                for (key, value) in Self::unique_keys(object, row) {
                    self.keys.insert((object.name(), key, value), row.id);
                }
            }
        }
        // Strictly later than before, on whole seconds, so that no conditional describe misses it.
        self.deployed = (self.deployed + TimeDelta::seconds(1)).max(now + TimeDelta::seconds(1));
    }

    pub fn note(&mut self, effect: PendingEffect) {
        self.effects.push(effect);
    }

    pub fn savepoint(&self) -> Savepoint {
        Savepoint { undo: self.undo.len(), effects: self.effects.len() }
    }

    /// Takes back everything since the savepoint, effects included.
    pub fn roll_back(&mut self, to: Savepoint) {
        while self.undo.len() > to.undo {
            if let Some((name, id, before)) = self.undo.pop() {
                self.replace(name, id, before);
            }
        }
        self.effects.truncate(to.effects);
    }

    /// Makes everything so far final and hands out what happened.
    pub fn commit(&mut self) -> Vec<PendingEffect> {
        self.undo.clear();
        std::mem::take(&mut self.effects)
    }

    fn replace(&mut self, name: &'static str, id: RecordId, row: Option<Row>) -> Option<Row> {
        let schema = Arc::clone(&self.schema);
        let object = schema.object(name)?;
        let table = self.tables.entry(name).or_default();
        if let Some(old) = table.get(&id).filter(|old| !old.deleted) {
            for (key, value) in Self::unique_keys(object, old) {
                self.keys.remove(&(name, key, value));
            }
        }
        match row {
            Some(row) => {
                if !row.deleted {
                    for (key, value) in Self::unique_keys(object, &row) {
                        self.keys.insert((name, key, value), id);
                    }
                }
                table.insert(id, row)
            }
            None => table.remove(&id),
        }
    }
}

/// How a key is compared: case-insensitively unless the field says otherwise.
pub fn folded_key(value: &str, case_sensitive: bool) -> String {
    if case_sensitive { value.to_owned() } else { value.to_lowercase() }
}
