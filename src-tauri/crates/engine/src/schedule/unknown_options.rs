//! Options of a meeting that nobody knew when it was changed, because lists alone had told of it. What was not chosen is
//! not sent, and what was chosen is sent over whatever is there; how options are stored is in `stored`.

use super::stored::{MeetingEdit, MeetingFields};

impl MeetingFields {
    /// The options that were chosen, over those that the sheet has shown; what was neither known nor chosen stays unknown.
    pub fn options_over(&mut self, shown: &Self) {
        let chosen = self.options.take().filter(|chosen| !chosen.is_blank());
        self.options = match (&shown.options, chosen) {
            (None, None) => None,
            (there, chosen) => Some(chosen.unwrap_or_default().over(&there.clone().unwrap_or_default())),
        };
    }

    fn learn_options(&mut self, from: &Self) {
        if let Some(told) = &from.options {
            self.options = Some(self.options.take().unwrap_or_default().filled(told));
        }
    }
}

impl MeetingEdit {
    /// With the options that are there in place of those that nobody knew: these can't have been changed on both sides.
    pub fn knowing_options_of(mut self, there: &MeetingFields) -> Self {
        self.base.learn_options(there);
        self.fields.learn_options(&self.base);
        self
    }

    /// What the meeting was, where it is changed once more before this has left. Options that were neither known nor chosen
    /// are as they are shown by now: the sheet has offered them.
    pub fn base_of_another(self, shown: &MeetingFields) -> MeetingFields {
        let learnt = shown.options.clone().filter(|_| self.fields.options.is_none());
        MeetingFields { options: self.base.options.or(learnt), ..self.base }
    }
}

#[cfg(test)]
mod tests {
    use liaison_store::tables::meetings::MeetingRecord;
    use liaison_zoom::MeetingId;

    use super::*;
    use crate::meetings::kept_options::KeptOptions;
    use crate::meetings::pull::blank;
    use crate::outbox::reason::{differences, to_write};

    /// As a row of a list is stored, with what is added to it.
    fn record(waiting_room: Option<bool>, options: Option<&KeptOptions>) -> MeetingRecord {
        MeetingRecord {
            start_utc_ms: Some(1),
            waiting_room,
            options_json: options.map(KeptOptions::json),
            ..blank(MeetingId(82_440_633_900), Some("Demo"), None, 0)
        }
    }

    fn read_whole(options: &KeptOptions) -> MeetingFields {
        MeetingFields::of_record(&record(options.waiting_room, Some(options))).unwrap()
    }

    fn listed() -> MeetingFields {
        MeetingFields::of_record(&record(None, None)).unwrap()
    }

    fn room(on: bool) -> KeptOptions {
        KeptOptions { waiting_room: Some(on), ..KeptOptions::default() }
    }

    /// As the sheet sends it, with only the waiting room chosen, or nothing.
    fn edit(shown: &MeetingFields, chosen: Option<bool>) -> MeetingEdit {
        let options = Some(KeptOptions { waiting_room: chosen, ..KeptOptions::default() });
        let mut wanted = MeetingFields { options, ..shown.clone() };
        wanted.options_over(shown);
        MeetingEdit::of(wanted, shown.clone())
    }

    /// What is asked about, and what is written, when it is sent.
    fn sent(edit: MeetingEdit, there: &MeetingFields) -> (usize, Vec<&'static str>) {
        let MeetingEdit { fields, base, .. } = edit.knowing_options_of(there);
        let asked = differences(base.contents(), there.contents(), fields.contents());
        (asked.len(), to_write(base.contents(), there.contents(), fields.contents()))
    }

    #[test]
    fn a_meeting_that_only_a_list_told_has_no_known_options() {
        assert_eq!(listed().options, None);
        let before_they_were_kept = MeetingFields::of_record(&record(Some(false), None)).unwrap();
        assert_eq!(before_they_were_kept.options.and_then(|kept| kept.waiting_room), Some(false));
        let without_room = KeptOptions { mute_on_entry: Some(true), ..KeptOptions::default() };
        let told = MeetingFields::of_record(&record(None, Some(&without_room))).unwrap().options.unwrap();
        assert_eq!((told.waiting_room, told.mute_on_entry), (None, Some(true)));
    }

    #[test]
    fn what_was_not_chosen_is_not_sent() {
        let untouched = edit(&listed(), None);
        assert_eq!(untouched.fields, untouched.base, "nothing was changed");
        for on in [true, false] {
            assert_eq!(sent(untouched.clone(), &read_whole(&room(on))), (0, vec![]));
        }
    }

    #[test]
    fn what_was_chosen_is_sent_and_nobody_is_asked() {
        let early =
            KeptOptions { join_before_host: Some("5".to_owned()), recording: Some("cloud".to_owned()), ..room(false) };
        assert_eq!(sent(edit(&listed(), Some(true)), &read_whole(&early)), (0, vec!["WaitingRoom"]));
        assert_eq!(sent(edit(&listed(), Some(true)), &read_whole(&room(true))), (0, vec![]), "it is so already");
        let known = edit(&read_whole(&room(false)), Some(true));
        assert_eq!(sent(known, &read_whole(&room(false))), (0, vec!["WaitingRoom"]));
    }

    #[test]
    fn changed_once_more_it_is_compared_with_what_the_sheet_has_shown() {
        let recorded = |word: &str| KeptOptions { recording: Some(word.to_owned()), ..room(false) };
        let (shown, there) = (read_whole(&recorded("none")), read_whole(&recorded("cloud")));
        let base = edit(&listed(), None).base_of_another(&shown);
        let mut again = edit(&shown, Some(true));
        again.base = base;
        assert_eq!(sent(again, &there), (0, vec!["WaitingRoom"]), "somebody's recording stays");
        let chosen_unknown = edit(&listed(), Some(true)).base_of_another(&shown);
        assert_eq!(chosen_unknown.options, None, "it was chosen without being known");
    }
}
