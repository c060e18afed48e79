//! Three forms become one: as it was, as Zoom has it now, as the user wants it. Zoom takes whole lists, so what others
//! changed since has to be in them too.

use std::collections::{BTreeMap, BTreeSet};

use liaison_zoom::{CustomQuestion, QuestionField, QuestionType, RegistrationQuestions};

use crate::outbox::reason::{StoredContent, StoredDifference};
use crate::webinars::stored::{Questions, StoredKind, StoredQuestion};

/// Before the host's own questions, which may be called as one of Zoom's fields is.
const OWN: char = '?';

/// The name of a question among the differences of two forms. Titles that are there twice are counted.
fn named(questions: &[StoredQuestion]) -> Vec<(String, &StoredQuestion)> {
    let mut seen: BTreeMap<(bool, &str), u32> = BTreeMap::new();
    let name = |question: &StoredQuestion, count: u32| {
        let own = if question.custom { OWN.to_string() } else { String::new() };
        let again = if count > 1 { format!(" ({count})") } else { String::new() };
        format!("{own}{}{again}", question.field)
    };
    let each = questions.iter().map(|question| {
        let count = seen.entry((question.custom, &question.field)).or_default();
        *count += 1;
        (name(question, *count), question)
    });
    each.collect()
}

/// What a question is, in one text: how it is answered, whether it must be, and the choices, a line each. Nothing where
/// it is not asked.
fn written(question: Option<&StoredQuestion>) -> String {
    let Some(question) = question else { return String::new() };
    let kind = match (question.kind, question.dropdown) {
        (StoredKind::Text, _) => "text",
        (StoredKind::One, false) => "one",
        (StoredKind::One, true) => "list",
        (StoredKind::Many, _) => "many",
    };
    let required = if question.required { "required" } else { "optional" };
    // The choices of Zoom's own fields are Zoom's.
    let choices = question.choices.iter().filter(|_| question.custom);
    choices.fold(format!("{kind}/{required}"), |text, choice| format!("{text}\n{choice}"))
}

/// The question that a text and its name tell of.
fn read(name: &str, text: &str) -> Option<StoredQuestion> {
    let mut lines = text.split('\n');
    let (kind, required) = lines.next()?.split_once('/')?;
    let custom = name.starts_with(OWN);
    let (kind, dropdown) = match kind {
        "one" => (StoredKind::One, false),
        "list" => (StoredKind::One, true),
        "many" => (StoredKind::Many, false),
        _ => (StoredKind::Text, false),
    };
    Some(StoredQuestion {
        field: name.trim_start_matches(OWN).to_owned(),
        custom,
        required: required == "required",
        kind,
        dropdown,
        choices: lines.map(str::to_owned).collect(),
    })
}

/// The three sides of every question that any of them has.
struct Sides {
    name: String,
    base: String,
    there: String,
    ours: String,
}

fn sides(base: &[StoredQuestion], there: &[StoredQuestion], ours: &[StoredQuestion]) -> Vec<Sides> {
    let lists = [named(base), named(there), named(ours)];
    let names: BTreeSet<&String> = lists.iter().flatten().map(|(name, _)| name).collect();
    let of = |list: &[(String, &StoredQuestion)], name: &str| {
        written(list.iter().find(|(own, _)| own == name).map(|(_, question)| *question))
    };
    let [base, there, ours] = &lists;
    let each = names.into_iter().map(|name| Sides {
        name: name.clone(),
        base: of(base, name),
        there: of(there, name),
        ours: of(ours, name),
    });
    each.collect()
}

/// The questions that both sides changed, differently.
pub(super) fn differences(
    base: &[StoredQuestion],
    there: &[StoredQuestion],
    ours: &[StoredQuestion],
) -> Vec<StoredDifference> {
    let both = |one: &Sides| one.base != one.ours && one.there != one.base && one.there != one.ours;
    let text = |text: String| StoredContent::Text { text };
    sides(base, there, ours)
        .into_iter()
        .filter(both)
        .map(|one| StoredDifference { name: one.name, there: text(one.there), ours: text(one.ours) })
        .collect()
}

/// The questions that we change, with what they are to be.
pub(super) fn changed(base: &[StoredQuestion], ours: &[StoredQuestion]) -> Vec<(String, String)> {
    let ours = sides(base, base, ours).into_iter().filter(|one| one.base != one.ours);
    ours.map(|one| (one.name, one.ours)).collect()
}

/// A form after others' version of some questions was taken.
pub(super) fn take(questions: &mut Vec<StoredQuestion>, differing: &[StoredDifference]) {
    for difference in differing {
        let StoredContent::Text { text } = &difference.there else { continue };
        let place = named(questions).iter().position(|(name, _)| *name == difference.name);
        match (place, read(&difference.name, text)) {
            (Some(place), Some(mut theirs)) => {
                theirs.field.clone_from(&questions[place].field);
                if !theirs.custom {
                    theirs.choices.clone_from(&questions[place].choices);
                }
                questions[place] = theirs;
            }
            (Some(place), None) => drop(questions.remove(place)),
            (None, Some(theirs)) => questions.push(theirs),
            (None, None) => {}
        }
    }
}

/// The lists that Zoom is to have; a list that stays as it is is not told. What we did not change is told in Zoom's own
/// words, also what this version does not know.
pub(super) fn request(
    base: &[StoredQuestion],
    there: &RegistrationQuestions,
    ours: &[StoredQuestion],
) -> RegistrationQuestions {
    let (fields_there, own_there) =
        (there.questions.as_deref().unwrap_or_default(), there.custom_questions.as_deref().unwrap_or_default());
    let told = Questions::told(there).questions;
    let (named_base, named_told) = (named(base), named(&told));
    let was = |name: &str| named_base.iter().find(|(own, _)| own == name).map(|(_, question)| *question);
    let mut wanted = Form::default();
    let mut seen = BTreeSet::new();
    for (name, question) in named(ours) {
        let place = named_told.iter().position(|(own, _)| *own == name);
        seen.extend(place);
        if written(was(&name)) != written(Some(question)) {
            wanted.add(
                question,
                was(&name),
                place.and_then(|place| own_there.get(place.checked_sub(fields_there.len())?)),
            );
        } else if let Some(place) = place {
            wanted.keep(fields_there, own_there, place);
        }
        // Else somebody took it out, and we did not touch it.
    }
    for (place, (name, _)) in named_told.iter().enumerate() {
        // Somebody put it in; what was there before and is not among ours is to go.
        if !seen.contains(&place) && was(name).is_none() {
            wanted.keep(fields_there, own_there, place);
        }
    }
    RegistrationQuestions {
        questions: (wanted.fields != fields_there).then_some(wanted.fields),
        custom_questions: (wanted.own != own_there).then_some(wanted.own),
    }
}

/// A form as it grows, in Zoom's words.
#[derive(Default)]
struct Form {
    fields: Vec<QuestionField>,
    own: Vec<CustomQuestion>,
}

impl Form {
    fn keep(&mut self, fields: &[QuestionField], own: &[CustomQuestion], place: usize) {
        match place.checked_sub(fields.len()) {
            None => self.fields.extend(fields.get(place).cloned()),
            Some(place) => self.own.extend(own.get(place).cloned()),
        }
    }

    fn add(&mut self, question: &StoredQuestion, before: Option<&StoredQuestion>, there: Option<&CustomQuestion>) {
        if !question.custom {
            let (field_name, required) = (question.field.clone(), question.required);
            return self.fields.push(QuestionField { field_name, required });
        }
        let how = |question: &StoredQuestion| (question.kind, question.dropdown);
        let kept = there.filter(|_| before.is_some_and(|before| how(before) == how(question)));
        let question_type = match (kept, how(question)) {
            // A way of answering that this version does not know is left as it is.
            (Some(there), _) => there.question_type.clone(),
            (None, (StoredKind::Text, _)) => QuestionType::Short,
            (None, (StoredKind::One, false)) => QuestionType::SingleRadio,
            (None, (StoredKind::One, true)) => QuestionType::SingleDropdown,
            (None, (StoredKind::Many, _)) => QuestionType::Multiple,
        };
        self.own.push(CustomQuestion {
            title: question.field.clone(),
            question_type,
            required: question.required,
            answers: question.choices.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn field(name: &str, required: bool) -> StoredQuestion {
        StoredQuestion { field: name.to_owned(), required, ..StoredQuestion::default() }
    }

    fn own(title: &str, kind: StoredKind, choices: &[&str]) -> StoredQuestion {
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        StoredQuestion { field: title.to_owned(), custom: true, kind, choices, ..StoredQuestion::default() }
    }

    fn zoom(json: &str) -> RegistrationQuestions {
        serde_json::from_str(json).unwrap()
    }

    fn sent(base: &[StoredQuestion], there: &RegistrationQuestions, ours: &[StoredQuestion]) -> String {
        serde_json::to_string(&request(base, there, ours)).unwrap()
    }

    const THERE: &str = r#"{"questions":[{"field_name":"last_name","required":false},{"field_name":"org","required":true}],
        "custom_questions":[{"title":"Which?","type":"single_dropdown","required":false,"answers":["A","B"]},
                            {"title":"Rank","type":"rank_order","required":true,"answers":["1","2"]}]}"#;

    #[test]
    fn a_list_that_stays_is_not_sent() {
        let there = zoom(THERE);
        let base = Questions::told(&there).questions;
        assert_eq!(sent(&base, &there, &base), "{}");
        let mut ours = base.clone();
        ours[1].required = false;
        let fields =
            r#"{"questions":[{"field_name":"last_name","required":false},{"field_name":"org","required":false}]}"#;
        assert_eq!(sent(&base, &there, &ours), fields);
    }

    #[test]
    fn what_we_did_not_touch_stays_in_zooms_words_and_what_others_did_stays_done() {
        let base = Questions::told(&zoom(THERE)).questions;
        let mut ours = base.clone();
        ours.push(own("Why?", StoredKind::Text, &[]));
        // Meanwhile somebody took the first question out, and put another one in.
        let there = zoom(
            r#"{"questions":[{"field_name":"last_name","required":false},{"field_name":"org","required":true}],
                "custom_questions":[{"title":"Rank","type":"rank_order","required":true,"answers":["1","2"]},
                                    {"title":"New","type":"short","required":false}]}"#,
        );
        assert_eq!(differences(&base, &Questions::told(&there).questions, &ours), []);
        assert_eq!(
            sent(&base, &there, &ours),
            r#"{"custom_questions":[{"title":"Rank","type":"rank_order","required":true,"answers":["1","2"]},{"title":"Why?","type":"short","required":false},{"title":"New","type":"short","required":false}]}"#
        );
        // Only whether it must be answered is changed: how stays what Zoom says.
        let mut eased = base.clone();
        eased[3].required = false;
        let own = request(&base, &zoom(THERE), &eased).custom_questions.unwrap();
        assert_eq!((own[1].question_type.as_str(), own[1].required), ("rank_order", false));
        assert_eq!(own[0].question_type.as_str(), "single_dropdown");
    }

    #[test]
    fn what_both_changed_is_a_difference_and_either_side_can_be_taken() {
        let base = vec![field("org", false), own("Which?", StoredKind::One, &["A"])];
        let there = vec![field("org", true), own("Which?", StoredKind::One, &["A", "C"])];
        let ours = vec![field("org", true), own("Which?", StoredKind::One, &["A", "B"])];
        let differing = differences(&base, &there, &ours);
        assert_eq!(differing.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["?Which?"]);
        let mut taken = ours.clone();
        take(&mut taken, &differing);
        assert_eq!(taken, there);
        // Removed here, changed there.
        let differing = differences(&base, &there, &base[..1]);
        let mut taken = base[..1].to_vec();
        take(&mut taken, &differing);
        assert_eq!(taken[1], there[1]);
    }

    #[test]
    fn questions_of_one_title_are_told_apart() {
        let twice = vec![own("Why?", StoredKind::Text, &[]), own("Why?", StoredKind::Many, &["A"])];
        let names: Vec<String> = named(&twice).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["?Why?", "?Why? (2)"]);
        assert_eq!(changed(&twice, &twice), []);
    }

    fn any_question() -> impl Strategy<Value = StoredQuestion> {
        let kinds = prop_oneof![Just(StoredKind::Text), Just(StoredKind::One), Just(StoredKind::Many)];
        let choices = proptest::collection::vec("[a-z ]{1,4}", 0..4);
        ("[A-C]", any::<bool>(), any::<bool>(), kinds, any::<bool>(), choices).prop_map(
            |(field, custom, required, kind, dropdown, choices)| {
                if custom {
                    let dropdown = dropdown && kind == StoredKind::One;
                    StoredQuestion { field, custom, required, kind, dropdown, choices }
                } else {
                    StoredQuestion { field, custom, required, ..StoredQuestion::default() }
                }
            },
        )
    }

    fn any_form() -> impl Strategy<Value = Vec<StoredQuestion>> {
        let fields_first = |mut form: Vec<StoredQuestion>| {
            form.sort_by_key(|question| question.custom);
            form.dedup_by(|one, other| !one.custom && !other.custom && one.field == other.field);
            form
        };
        proptest::collection::vec(any_question(), 0..6).prop_map(fields_first)
    }

    /// As Zoom would tell such a form.
    fn told(form: &[StoredQuestion]) -> RegistrationQuestions {
        request(&[], &RegistrationQuestions::default(), form)
    }

    proptest! {
        #[test]
        fn a_question_is_read_as_it_was_written(question in any_question()) {
            let form = [question.clone()];
            let (name, _) = named(&form)[0].clone();
            prop_assert_eq!(read(&name, &written(Some(&question))), Some(question));
        }

        /// With nobody else, Zoom has in the end what was wanted.
        #[test]
        fn what_is_wanted_is_what_comes_out(base in any_form(), ours in any_form()) {
            let there = told(&base);
            let sent = request(&base, &there, &ours);
            let after = RegistrationQuestions {
                questions: sent.questions.or(there.questions),
                custom_questions: sent.custom_questions.or(there.custom_questions),
            };
            let sorted = |form: &[StoredQuestion]| {
                let mut all: Vec<_> = named(form).into_iter().map(|(name, one)| (name, written(Some(one)))).collect();
                all.sort();
                all
            };
            prop_assert_eq!(sorted(&Questions::told(&after).questions), sorted(&ours));
        }
    }
}
