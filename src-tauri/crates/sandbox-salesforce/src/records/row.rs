//! One record: its id and the cells that are not empty.

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::schema::{Default, Object};

/// Cells are kept by the place of their field, sorted; most fields of most records are empty.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: RecordId,
    pub deleted: bool,
    cells: Vec<(u16, Cell)>,
}

impl Row {
    pub fn new(id: RecordId) -> Self {
        Self { id, deleted: false, cells: Vec::new() }
    }

    /// An empty record with the values that every new one of its object starts with.
    pub fn with_defaults(object: &Object, id: RecordId) -> Self {
        let mut row = Self::new(id);
        for (place, field) in object.fields.iter().enumerate() {
            row.set_default(place, field.default);
        }
        row.set_named(object, "Id", Cell::Id(id));
        row
    }

    /// What a field holds that nobody has filled.
    pub fn set_default(&mut self, place: usize, default: Default) {
        match default {
            Default::Flag(flag) => self.set(place, Cell::Flag(flag)),
            Default::Number(number) => self.set(place, Cell::Whole(number)),
            Default::Choice(value) => self.set(place, Cell::text(value)),
            Default::Nothing | Default::Platform => {}
        }
    }

    /// The same record under another id.
    #[must_use]
    pub fn copied_to(&self, object: &Object, id: RecordId) -> Self {
        let mut copy = Self { id, ..self.clone() };
        copy.set_named(object, "Id", Cell::Id(id));
        copy
    }

    pub fn get(&self, place: usize) -> &Cell {
        const EMPTY: &Cell = &Cell::Empty;
        let Ok(place) = u16::try_from(place) else { return EMPTY };
        self.cells.binary_search_by_key(&place, |(own, _)| *own).map_or(EMPTY, |found| &self.cells[found].1)
    }

    pub fn set(&mut self, place: usize, cell: Cell) {
        let Ok(place) = u16::try_from(place) else { return };
        match (self.cells.binary_search_by_key(&place, |(own, _)| *own), cell) {
            (Ok(found), Cell::Empty) => {
                self.cells.remove(found);
            }
            (Ok(found), cell) => self.cells[found].1 = cell,
            (Err(_), Cell::Empty) => {}
            (Err(missing), cell) => self.cells.insert(missing, (place, cell)),
        }
    }

    /// Moves the cells to other places; answers with those that have none any more.
    pub fn rearrange(&mut self, places: &[Option<usize>]) -> Vec<(usize, Cell)> {
        let mut homeless = Vec::new();
        for (place, cell) in std::mem::take(&mut self.cells) {
            let old = usize::from(place);
            match places.get(old).copied().flatten() {
                Some(new) => self.set(new, cell),
                None => homeless.push((old, cell)),
            }
        }
        homeless
    }

    /// The cell of a field by its API name; empty when the object has no such field.
    pub fn named(&self, object: &Object, field: &str) -> &Cell {
        self.get(object.place(field).unwrap_or(usize::MAX))
    }

    pub fn set_named(&mut self, object: &Object, field: &str, cell: Cell) {
        if let Some(place) = object.place(field) {
            self.set(place, cell);
        }
    }

    pub fn text(&self, object: &Object, field: &str) -> String {
        self.named(object, field).as_str().unwrap_or_default().to_owned()
    }
}
