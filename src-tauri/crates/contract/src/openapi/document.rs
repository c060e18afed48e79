//! The documents as they are read from a folder, and the operations in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::prose::{granular_scopes, rate_label};
use super::validator::Schema;
use crate::failure::Failure;
use crate::keys::keys;
use crate::template::Template;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// All operations of the documents in one folder.
#[derive(Debug, Default)]
pub struct Documents {
    operations: Vec<Operation>,
    components: Vec<Value>,
    /// By name.
    events: BTreeMap<String, Event>,
}

/// An event as a document describes it.
#[derive(Debug)]
pub struct Event {
    pub schema: Schema,
    /// Of the document's own examples.
    pub keys: BTreeSet<String>,
}

/// One operation of a document.
#[derive(Debug)]
pub struct Operation {
    pub template: Template,
    /// With its places in braces, as the document spells them.
    pub path: String,
    /// Parameters of the path and of the operation.
    pub parameters: Vec<Value>,
    /// The schema of the JSON body, if it takes one.
    pub body: Option<Value>,
    pub body_required: bool,
    /// In capitals, where the description says it.
    pub rate_label: Option<String>,
    /// Any of them is enough.
    pub scopes: Vec<String>,
    /// The documented answers by status, as the document has them.
    pub answers: Map<String, Value>,
    document: usize,
}

impl Documents {
    /// Reads every document in `folder`, of paths and of events.
    ///
    /// # Errors
    /// A folder or file that cannot be read, or no path in any of them.
    pub fn load(folder: &Path) -> Result<Self, Failure> {
        let mut documents = Self::default();
        for entry in fs::read_dir(folder).map_err(|error| Failure::reading(folder, error))? {
            let path = entry.map_err(|error| Failure::reading(folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let text = fs::read(&path).map_err(|error| Failure::reading(&path, error))?;
                documents.add(&serde_json::from_slice(&text).map_err(|error| Failure::reading(&path, error))?);
            }
        }
        if documents.operations.is_empty() {
            return Err(Failure::new(format!("no OpenAPI document with paths in {}", folder.display())));
        }
        Ok(documents)
    }

    /// The events that documents describe.
    pub fn events(&self) -> impl Iterator<Item = (&str, &Event)> {
        self.events.iter().map(|(name, event)| (name.as_str(), event))
    }

    /// The operation of a template, wherever it is described.
    pub fn described(&self, template: &Template) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.template == *template)
    }

    /// Adds the operations and events of one document.
    pub fn add(&mut self, document: &Value) {
        for (name, webhook) in document["webhooks"].as_object().into_iter().flatten() {
            let content = &webhook["post"]["requestBody"]["content"]["application/json"];
            let examples = content["examples"].as_object().into_iter().flatten();
            let examples = examples.filter_map(|(_, example)| serde_json::from_str(example["value"].as_str()?).ok());
            let keys = examples.flat_map(|example: Value| keys(&example)).collect();
            if let Some(schema) = Schema::new(&content["schema"], &document["components"]) {
                self.events.insert(name.clone(), Event { schema, keys });
            }
        }
        let Some(paths) = document["paths"].as_object() else { return };
        self.components.push(document["components"].clone());
        let number = self.components.len() - 1;
        for (path, item) in paths {
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    self.operations.push(read(method, path, item, operation, number));
                }
            }
        }
    }

    /// The operation that a request is one of: the one with the most fixed segments where several would do.
    pub fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .filter(|operation| operation.template.covers(method, path))
            .max_by_key(|operation| operation.template.precision())
    }

    /// The shared schemas that `operation` refers to.
    pub fn components(&self, operation: &Operation) -> &Value {
        &self.components[operation.document]
    }
}

fn read(method: &str, path: &str, item: &Value, operation: &Value, document: usize) -> Operation {
    let parameters =
        [item, operation].into_iter().filter_map(|place| place["parameters"].as_array()).flatten().cloned().collect();
    let description = operation["description"].as_str().unwrap_or_default();
    Operation {
        template: Template::new(method, path),
        path: path.to_owned(),
        parameters,
        body: operation.pointer("/requestBody/content/application~1json/schema").cloned(),
        body_required: operation["requestBody"]["required"] == true,
        rate_label: rate_label(description),
        scopes: granular_scopes(description),
        answers: operation["responses"].as_object().cloned().unwrap_or_default(),
        document,
    }
}

#[cfg(test)]
impl Documents {
    /// Of one document, for tests.
    pub fn of(document: &Value) -> Self {
        let mut documents = Self::default();
        documents.add(document);
        documents
    }
}
