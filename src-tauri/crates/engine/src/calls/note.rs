//! What the user writes and chooses about a call: kept as it is typed, on this computer.

use liaison_domain::text;
use liaison_store::tables::call_notes::{self, CallNote as Stored};
use liaison_store::tables::calls as table;

use super::view::CallNote;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;

/// Salesforce's longest description; what is longer could not be logged.
const MAX_NOTE: usize = 32_000;
/// Salesforce's longest disposition.
const MAX_DISPOSITION: usize = 255;

impl Engine {
    /// Keeps the note and the disposition of a call in the place of what was there.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call; [`Error::Invalid`] for a note that is too long, which is then not
    /// kept.
    pub async fn keep_call_note(&self, id: String, note: CallNote) -> Result<(), Error> {
        let cx = self.profile().await?;
        let length = note.note.chars().count();
        if length > MAX_NOTE {
            let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            let problem = Problem::TooLong { max: size(MAX_NOTE), length: size(length) };
            return Err(Error::Invalid { issues: vec![FieldIssue { field: Field::Note, problem }] });
        }
        let written = text::multi_line(&note.note, MAX_NOTE);
        let disposition = note.disposition.map(|word| text::single_line(&word, MAX_DISPOSITION));
        let now_ms = cx.now_ms();
        let kept = cx
            .store
            .write(move |tx| {
                if table::get(tx, &id)?.is_none() {
                    return Ok(false);
                }
                let before = call_notes::get(tx, &id)?.unwrap_or_default();
                let disposition = disposition.filter(|word| !word.is_empty());
                let after = Stored { note: written, disposition, about: before.about, updated_utc_ms: now_ms };
                call_notes::put(tx, &id, &after)?;
                Ok(true)
            })
            .await?;
        if kept { Ok(()) } else { Err(Error::Gone) }
    }
}
