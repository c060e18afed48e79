//! Sorts everybody who is to be registered: who is ready, and what stands in the way of each of the others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::email;

/// Zoom registers one address so often a day for one webinar (API reference, "Add a webinar registrant").
pub const MOST_A_DAY: u32 = 3;
/// Zoom's limits of one answer and one name.
const ANSWER_CHARACTERS: usize = 128;
const NAME_CHARACTERS: usize = 64;
/// A reason is words, not a key that was hit.
const REASON_CHARACTERS: usize = 3;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// In words.
    Text,
    /// One of the choices.
    One,
    /// Any number of them, separated by commas.
    Many,
}

/// A question of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Zoom's name of the field, or the host's own question.
    pub field: String,
    pub required: bool,
    pub kind: QuestionKind,
    pub choices: Vec<String>,
}

impl Question {
    /// Whether Zoom takes this answer.
    pub fn takes(&self, answer: &str) -> bool {
        let is_choice = |text: &str| self.choices.iter().any(|choice| choice == text);
        let fits = match self.kind {
            QuestionKind::Text => true,
            QuestionKind::One => self.choices.is_empty() || is_choice(answer),
            QuestionKind::Many => self.choices.is_empty() || answer.split(',').all(|one| is_choice(one.trim())),
        };
        fits && !answer.trim().is_empty() && answer.chars().count() <= ANSWER_CHARACTERS
    }
}

/// How somebody with an address stands with Zoom already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Approved,
    Pending,
    Denied,
    Cancelled,
}

/// What is known of the webinar. Addresses are folded.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub questions: Vec<Question>,
    pub known: HashMap<String, Known>,
    /// Host and panelists.
    pub staff: HashSet<String>,
    /// Waiting in the outbox.
    pub on_their_way: HashSet<String>,
    /// How often an address was registered today, as far as is known.
    pub used_today: HashMap<String, u32>,
    /// Places that are left; none where nobody limits them.
    pub room: Option<u32>,
}

/// Somebody to register.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a fact or a decision of its own")]
pub struct Candidate {
    /// The address that is chosen.
    pub email: Option<String>,
    /// The Lead or Contact whose it is, as the store names it.
    pub record: Option<String>,
    /// Several records have the address, and none was chosen.
    pub several_records: bool,
    pub first_name: String,
    pub last_name: String,
    pub opted_out: bool,
    /// Why they are registered all the same.
    pub reason: Option<String>,
    /// Cancelled before, and wanted anew.
    pub again: bool,
    pub left_out: bool,
    /// By the question's field.
    pub answers: BTreeMap<String, String>,
}

/// Where somebody belongs. The first that applies, in this order, unless somebody is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    Ready,
    AlreadyRegistered,
    WaitingForApproval,
    Denied,
    Cancelled,
    NoEmail,
    EmailInvalid,
    OptedOut,
    /// Another candidate has the same address.
    SameEmail,
    SeveralRecords,
    HostOrPanelist,
    NoFirstName,
    AnswersMissing,
    QuotaUsed,
    NoRoom,
    OnItsWay,
    LeftOut,
}

/// A candidate with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted {
    pub sort: Sort,
    /// Required questions without an answer that Zoom takes, whatever the place.
    pub missing: Vec<String>,
}

/// Sorts all of them; the answers are in their order. Places are given in that order.
pub fn sort_all(candidates: &[Candidate], form: &Form) -> Vec<Sorted> {
    let mut times: HashMap<String, u32> = HashMap::new();
    for candidate in candidates.iter().filter(|candidate| !candidate.left_out) {
        if let Some(email) = candidate.email.as_deref().and_then(email::parse) {
            *times.entry(email::folded(email)).or_default() += 1;
        }
    }
    let mut room = form.room;
    let mut sorted = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let missing = missing(candidate, form);
        let mut sort = place(candidate, form, &times, !missing.is_empty());
        if sort == Sort::Ready {
            match &mut room {
                Some(0) => sort = Sort::NoRoom,
                Some(left) => *left -= 1,
                None => {}
            }
        }
        sorted.push(Sorted { sort, missing });
    }
    sorted
}

fn place(candidate: &Candidate, form: &Form, times: &HashMap<String, u32>, lacks_answers: bool) -> Sort {
    if candidate.left_out {
        return Sort::LeftOut;
    }
    let Some(written) = candidate.email.as_deref().filter(|email| !email.trim().is_empty()) else {
        return Sort::NoEmail;
    };
    let Some(address) = email::parse(written).map(email::folded) else { return Sort::EmailInvalid };
    if form.staff.contains(&address) {
        return Sort::HostOrPanelist;
    }
    match form.known.get(&address) {
        Some(Known::Approved) => return Sort::AlreadyRegistered,
        Some(Known::Pending) => return Sort::WaitingForApproval,
        Some(Known::Denied) => return Sort::Denied,
        Some(Known::Cancelled) if !candidate.again => return Sort::Cancelled,
        Some(Known::Cancelled) | None => {}
    }
    let name = candidate.first_name.trim();
    let named = !name.is_empty() && name.chars().count() <= NAME_CHARACTERS;
    let excused = candidate.reason.as_deref().is_some_and(|reason| reason.trim().chars().count() >= REASON_CHARACTERS);
    let obstacles = [
        (form.on_their_way.contains(&address), Sort::OnItsWay),
        (candidate.several_records, Sort::SeveralRecords),
        (times.get(&address).is_some_and(|times| *times > 1), Sort::SameEmail),
        (candidate.opted_out && !excused, Sort::OptedOut),
        (!named, Sort::NoFirstName),
        (lacks_answers, Sort::AnswersMissing),
        (form.used_today.get(&address).is_some_and(|used| *used >= MOST_A_DAY), Sort::QuotaUsed),
    ];
    obstacles.into_iter().find_map(|(applies, sort)| applies.then_some(sort)).unwrap_or(Sort::Ready)
}

fn missing(candidate: &Candidate, form: &Form) -> Vec<String> {
    let answered = |question: &Question| match question.field.as_str() {
        "last_name" => !candidate.last_name.trim().is_empty(),
        field => candidate.answers.get(field).is_some_and(|answer| question.takes(answer)),
    };
    let required = form.questions.iter().filter(|question| question.required && !answered(question));
    required.map(|question| question.field.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anna() -> Candidate {
        Candidate { email: Some("anna@example.org".to_owned()), first_name: "Anna".to_owned(), ..Candidate::default() }
    }

    fn sort_of(candidate: Candidate, form: &Form) -> Sort {
        sort_all(&[candidate], form)[0].sort
    }

    #[test]
    fn each_obstacle_has_its_place() {
        let address = || "anna@example.org".to_owned();
        let plain = Form::default();
        let known = |known| Form { known: HashMap::from([(address(), known)]), ..Form::default() };
        let required =
            Question { field: "org".to_owned(), required: true, kind: QuestionKind::Text, choices: Vec::new() };
        for (candidate, form, sort) in [
            (anna(), plain.clone(), Sort::Ready),
            (
                Candidate { email: Some("Anna@Example.org ".to_owned()), ..anna() },
                known(Known::Approved),
                Sort::AlreadyRegistered,
            ),
            (anna(), known(Known::Pending), Sort::WaitingForApproval),
            (anna(), known(Known::Denied), Sort::Denied),
            (Candidate { again: true, ..anna() }, known(Known::Denied), Sort::Denied),
            (anna(), known(Known::Cancelled), Sort::Cancelled),
            (Candidate { again: true, ..anna() }, known(Known::Cancelled), Sort::Ready),
            (Candidate { email: None, ..anna() }, plain.clone(), Sort::NoEmail),
            (Candidate { email: Some("anna@".to_owned()), ..anna() }, plain.clone(), Sort::EmailInvalid),
            (Candidate { opted_out: true, ..anna() }, plain.clone(), Sort::OptedOut),
            (Candidate { opted_out: true, reason: Some("x".to_owned()), ..anna() }, plain.clone(), Sort::OptedOut),
            (
                Candidate { opted_out: true, reason: Some("She asked me".to_owned()), ..anna() },
                plain.clone(),
                Sort::Ready,
            ),
            (Candidate { several_records: true, ..anna() }, plain.clone(), Sort::SeveralRecords),
            (Candidate { first_name: " ".to_owned(), ..anna() }, plain.clone(), Sort::NoFirstName),
            (anna(), Form { staff: HashSet::from([address()]), ..Form::default() }, Sort::HostOrPanelist),
            (anna(), Form { on_their_way: HashSet::from([address()]), ..Form::default() }, Sort::OnItsWay),
            (anna(), Form { questions: vec![required], ..Form::default() }, Sort::AnswersMissing),
            (anna(), Form { used_today: HashMap::from([(address(), 3)]), ..Form::default() }, Sort::QuotaUsed),
            (anna(), Form { used_today: HashMap::from([(address(), 2)]), ..Form::default() }, Sort::Ready),
            (anna(), Form { room: Some(0), ..Form::default() }, Sort::NoRoom),
            (Candidate { left_out: true, email: None, ..anna() }, plain.clone(), Sort::LeftOut),
        ] {
            assert_eq!(sort_of(candidate.clone(), &form), sort, "{candidate:?} {form:?}");
        }
    }

    #[test]
    fn one_of_two_with_an_address_is_chosen_by_leaving_the_other_out() {
        let other = Candidate { email: Some("ANNA@example.org".to_owned()), ..anna() };
        let both = sort_all(&[anna(), other.clone()], &Form::default());
        assert!(both.iter().all(|one| one.sort == Sort::SameEmail));
        let chosen = sort_all(&[anna(), Candidate { left_out: true, ..other }], &Form::default());
        assert_eq!(chosen.iter().map(|one| one.sort).collect::<Vec<_>>(), [Sort::Ready, Sort::LeftOut]);
    }

    #[test]
    fn an_answer_has_to_be_one_of_the_choices() {
        let question = |kind| Question {
            field: "Which?".to_owned(),
            required: true,
            kind,
            choices: vec!["A".to_owned(), "B".to_owned()],
        };
        assert!(question(QuestionKind::One).takes("A"));
        assert!(!question(QuestionKind::One).takes("A,B"));
        assert!(question(QuestionKind::Many).takes("A, B"));
        assert!(!question(QuestionKind::Many).takes("A, C"));
        assert!(question(QuestionKind::Text).takes("C"));
        assert!(!question(QuestionKind::Text).takes(&"x".repeat(129)));
        assert!(!question(QuestionKind::Text).takes("  "));
    }

    fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let one = ("[abc]{0,1}", any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(name, opted_out, left_out, again, named)| Candidate {
                email: (!name.is_empty()).then(|| format!("{name}@example.org")),
                first_name: if named { "N".to_owned() } else { String::new() },
                opted_out,
                left_out,
                again,
                ..Candidate::default()
            },
        );
        proptest::collection::vec(one, 0..12)
    }

    proptest! {
        #[test]
        fn who_is_ready_can_be_registered(
            candidates in candidates(),
            room in proptest::option::of(0_u32..4),
            cancelled in any::<bool>(),
        ) {
            let known = cancelled.then(|| ("a@example.org".to_owned(), Known::Cancelled)).into_iter().collect();
            let form = Form { known, room, ..Form::default() };
            let sorted = sort_all(&candidates, &form);
            prop_assert_eq!(sorted.len(), candidates.len());
            let ready: Vec<&Candidate> =
                candidates.iter().zip(&sorted).filter(|(_, one)| one.sort == Sort::Ready).map(|(one, _)| one).collect();
            let addresses: HashSet<_> = ready.iter().map(|one| one.email.clone()).collect();
            prop_assert_eq!(addresses.len(), ready.len(), "an address twice");
            prop_assert!(room.is_none_or(|room| ready.len() <= room as usize));
            for one in ready {
                prop_assert!(!one.left_out && !one.opted_out && !one.first_name.is_empty() && one.email.is_some());
            }
        }

        #[test]
        fn what_is_left_out_stands_in_nobodys_way(candidates in candidates(), at in 0_usize..12) {
            let before = sort_all(&candidates, &Form::default());
            let mut fewer = candidates.clone();
            if let Some(one) = fewer.get_mut(at) {
                one.left_out = true;
            }
            let after = sort_all(&fewer, &Form::default());
            for (place, (before, after)) in before.iter().zip(&after).enumerate() {
                prop_assert!(place == at || before.sort != Sort::Ready || after.sort == Sort::Ready);
            }
        }
    }
}
