//! One field of an object: what describe says about it and what DML and SOQL enforce with it.
//! The tables are constants; the few fields that depend on the profile are added by [`super::Schema`].

/// Types as describe names them (REST API guide, "Field types").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    Id,
    Reference,
    Text,
    TextArea,
    Combobox,
    Picklist,
    /// Several values of a picklist, separated by semicolons.
    MultiPicklist,
    Phone,
    Email,
    Url,
    Boolean,
    Int,
    Double,
    Currency,
    Percent,
    Date,
    DateTime,
    /// Compound of street, city and so on; read-only and computed when read.
    Address,
}

/// What a field holds after an insert that did not name it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Default {
    Nothing,
    Flag(bool),
    Number(i64),
    Choice(&'static str),
    /// Filled by the platform: ids, owner, stamps, numbers.
    Platform,
}

/// One value of a picklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

/// A choice whose label is its value.
pub const fn choice(value: &'static str) -> Choice {
    Choice { value, label: value }
}

/// A choice with another label.
pub const fn labelled(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

/// One field.
#[expect(clippy::struct_excessive_bools, reason = "describe has each of them as a flag of its own")]
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: FieldType,
    /// Characters; 0 where a length has no meaning.
    pub length: usize,
    pub digits: u32,
    pub precision: u32,
    pub scale: u32,
    pub createable: bool,
    pub updateable: bool,
    pub nillable: bool,
    pub filterable: bool,
    pub sortable: bool,
    pub groupable: bool,
    pub id_lookup: bool,
    pub external_id: bool,
    pub unique: bool,
    pub case_sensitive: bool,
    pub custom: bool,
    pub restricted: bool,
    pub names_record: bool,
    pub calculated: bool,
    /// Deleting the target deletes this row.
    pub cascade: bool,
    pub default: Default,
    pub picklist: &'static [Choice],
    pub reference_to: &'static [&'static str],
    /// Name of the way from child to parent, as in `Account.Name`.
    pub relationship: Option<&'static str>,
    /// Name of the way from parent to children, as in `(SELECT Id FROM Contacts)`.
    pub children: Option<&'static str>,
    /// The compound field it is part of.
    pub compound: Option<&'static str>,
}

impl Field {
    const fn of(name: &'static str, label: &'static str, kind: FieldType, length: usize) -> Self {
        Self {
            name,
            label,
            kind,
            length,
            digits: 0,
            precision: 0,
            scale: 0,
            createable: false,
            updateable: false,
            nillable: true,
            filterable: true,
            sortable: true,
            groupable: true,
            id_lookup: false,
            external_id: false,
            unique: false,
            case_sensitive: false,
            custom: false,
            restricted: false,
            names_record: false,
            calculated: false,
            cascade: false,
            default: Default::Nothing,
            picklist: &[],
            reference_to: &[],
            relationship: None,
            children: None,
            compound: None,
        }
    }

    pub const fn id(label: &'static str) -> Self {
        let mut field = Self::of("Id", label, FieldType::Id, 18);
        field.nillable = false;
        field.id_lookup = true;
        field.default = Default::Platform;
        field
    }

    pub const fn text(name: &'static str, label: &'static str, length: usize) -> Self {
        Self::of(name, label, FieldType::Text, length)
    }

    pub const fn combobox(name: &'static str, label: &'static str, choices: &'static [Choice]) -> Self {
        let mut field = Self::of(name, label, FieldType::Combobox, 255);
        field.picklist = choices;
        field.groupable = false;
        field
    }

    pub const fn phone(name: &'static str, label: &'static str) -> Self {
        Self::of(name, label, FieldType::Phone, 40)
    }

    pub const fn email(name: &'static str, label: &'static str) -> Self {
        Self::of(name, label, FieldType::Email, 80)
    }

    pub const fn url(name: &'static str, label: &'static str) -> Self {
        Self::of(name, label, FieldType::Url, 255)
    }

    /// A short text area, such as a street: filterable.
    pub const fn lines(name: &'static str, label: &'static str, length: usize) -> Self {
        Self::of(name, label, FieldType::TextArea, length)
    }

    /// A long text area: can be selected and nothing else.
    pub const fn long_text(name: &'static str, label: &'static str, length: usize) -> Self {
        let mut field = Self::of(name, label, FieldType::TextArea, length);
        field.filterable = false;
        field.sortable = false;
        field.groupable = false;
        field
    }

    pub const fn boolean(name: &'static str, label: &'static str) -> Self {
        let mut field = Self::of(name, label, FieldType::Boolean, 0);
        field.nillable = false;
        field.default = Default::Flag(false);
        field
    }

    pub const fn int(name: &'static str, label: &'static str, digits: u32) -> Self {
        let mut field = Self::of(name, label, FieldType::Int, 0);
        field.digits = digits;
        field
    }

    pub const fn double(name: &'static str, label: &'static str, precision: u32, scale: u32) -> Self {
        Self::number(name, label, FieldType::Double, precision, scale)
    }

    pub const fn currency(name: &'static str, label: &'static str, scale: u32) -> Self {
        Self::number(name, label, FieldType::Currency, 18, scale)
    }

    pub const fn percent(name: &'static str, label: &'static str, precision: u32, scale: u32) -> Self {
        Self::number(name, label, FieldType::Percent, precision, scale)
    }

    const fn number(name: &'static str, label: &'static str, kind: FieldType, precision: u32, scale: u32) -> Self {
        let mut field = Self::of(name, label, kind, 0);
        field.precision = precision;
        field.scale = scale;
        field.groupable = false;
        field
    }

    pub const fn date(name: &'static str, label: &'static str) -> Self {
        Self::of(name, label, FieldType::Date, 0)
    }

    pub const fn date_time(name: &'static str, label: &'static str) -> Self {
        let mut field = Self::of(name, label, FieldType::DateTime, 0);
        field.groupable = false;
        field
    }

    pub const fn picklist(name: &'static str, label: &'static str, length: usize, choices: &'static [Choice]) -> Self {
        let mut field = Self::of(name, label, FieldType::Picklist, length);
        field.picklist = choices;
        field
    }

    /// Several values at once: can be filtered with INCLUDES, not sorted or grouped.
    pub const fn multi_picklist(name: &'static str, label: &'static str, choices: &'static [Choice]) -> Self {
        let mut field = Self::of(name, label, FieldType::MultiPicklist, 4_099);
        field.precision = 4;
        field.picklist = choices;
        field.sortable = false;
        field.groupable = false;
        field
    }

    pub const fn address(name: &'static str, label: &'static str) -> Self {
        let mut field = Self::of(name, label, FieldType::Address, 0);
        field.sortable = false;
        field.groupable = false;
        field
    }

    pub const fn reference(
        name: &'static str,
        label: &'static str,
        targets: &'static [&'static str],
        relationship: &'static str,
    ) -> Self {
        let mut field = Self::of(name, label, FieldType::Reference, 18);
        field.reference_to = targets;
        if !relationship.is_empty() {
            field.relationship = Some(relationship);
        }
        field
    }

    /// Our key: an external id that is unique and case-sensitive.
    pub const fn key(name: &'static str, label: &'static str, length: usize) -> Self {
        let mut field = Self::of(name, label, FieldType::Text, length).write();
        field.external_id = true;
        field.id_lookup = true;
        field.unique = true;
        field.case_sensitive = true;
        field.custom = true;
        field
    }

    /// A field that the org has added.
    pub const fn custom(mut self) -> Self {
        self.custom = true;
        self
    }

    /// Can be given on create and changed later.
    pub const fn write(mut self) -> Self {
        self.createable = true;
        self.updateable = true;
        self
    }

    /// Can be given on create only.
    pub const fn create(mut self) -> Self {
        self.createable = true;
        self
    }

    /// Can be changed but not given on create.
    pub const fn update(mut self) -> Self {
        self.updateable = true;
        self
    }

    pub const fn required(mut self) -> Self {
        self.nillable = false;
        self
    }

    pub const fn defaults_to(mut self, default: Default) -> Self {
        self.default = default;
        self
    }

    pub const fn restricted(mut self) -> Self {
        self.restricted = true;
        self
    }

    pub const fn lookup(mut self) -> Self {
        self.id_lookup = true;
        self
    }

    pub const fn names_the_record(mut self) -> Self {
        self.names_record = true;
        self
    }

    pub const fn children(mut self, relationship: &'static str) -> Self {
        self.children = Some(relationship);
        self
    }

    pub const fn cascading(mut self) -> Self {
        self.cascade = true;
        self
    }

    pub const fn part_of(mut self, compound: &'static str) -> Self {
        self.compound = Some(compound);
        self
    }

    pub const fn unfilterable(mut self) -> Self {
        self.filterable = false;
        self
    }

    pub const fn unsortable(mut self) -> Self {
        self.sortable = false;
        self
    }

    pub const fn ungroupable(mut self) -> Self {
        self.groupable = false;
        self
    }

    /// Must be named on create: describe's createable, not nillable, not defaulted.
    pub fn is_required_on_create(&self) -> bool {
        self.createable && !self.nillable && !self.is_defaulted() && self.kind != FieldType::Boolean
    }

    pub fn is_defaulted(&self) -> bool {
        self.default != Default::Nothing
    }

    /// A lookup that may point to more than one object and is shown through the `Name` pseudo-object.
    pub fn is_polymorphic(&self) -> bool {
        self.reference_to.len() > 1 || self.relationship == Some("What")
    }

    pub fn is_long_text(&self) -> bool {
        self.kind == FieldType::TextArea && !self.filterable
    }
}
