//! Registration for a meeting or a webinar: questions, people one by one and several at once, approved and cancelled.

use liaison_zoom::{
    BatchRegistrant, BatchRegistration, CustomQuestion, NewRegistrant, QuestionField, QuestionType, RegistrantAction,
    RegistrantKey, RegistrantList, RegistrantStatus, Registrants, RegistrationAnswer, RegistrationQuestions,
};

use crate::journey::Journey;

const QUESTION: &str = "How did you find us?";

/// `area` is `meetings/{meetingId}` or `webinars/{webinarId}`: the beginning of the operations' names.
pub async fn travel(journey: &mut Journey, registrants: &Registrants, area: &str) {
    let named = |method: &str, rest: &str| format!("{method} /{area}/{rest}");
    let questions = named("GET", "registrants/questions");
    journey.step(&questions, registrants.questions()).await;
    journey.step(&named("PATCH", "registrants/questions"), registrants.set_questions(&asked(area))).await;
    journey.step(&questions, registrants.questions()).await;

    let add = named("POST", "registrants");
    let added = journey.step(&add, registrants.add(&guest("ada@example.com", area), &[])).await;
    let other = journey.step(&add, registrants.add(&guest("bea@example.com", area), &[])).await;
    journey.step(&named("POST", "batch_registrants"), registrants.add_batch(&batch())).await;

    let list = named("GET", "registrants");
    for status in [RegistrantStatus::Approved, RegistrantStatus::Pending, RegistrantStatus::Denied] {
        journey.step(&list, registrants.list(&RegistrantList::of(status), None)).await;
    }
    let (Some(added), Some(other)) = (added, other) else { return };
    let one = named("GET", "registrants/{registrantId}");
    journey.step(&one, registrants.get(&added.registrant_id)).await;
    journey.step(&named("DELETE", "registrants/{registrantId}"), registrants.delete(&added.registrant_id, None)).await;
    let key = RegistrantKey { id: other.registrant_id, email: "bea@example.com".to_owned() };
    let cancelled = registrants.set_status(RegistrantAction::Cancel, std::slice::from_ref(&key), None);
    journey.step(&named("PUT", "registrants/status"), cancelled).await;
    journey.refused(&one, registrants.get("nobody-has-this-one")).await;
}

/// Somebody who registers for a series, the answer to which shows its dates.
pub async fn of_series(journey: &mut Journey, registrants: &Registrants, area: &str) {
    let person = NewRegistrant::new("eve@example.com", "Eve");
    journey.step(&format!("POST /{area}/registrants"), registrants.add(&person, &[])).await;
}

/// Meetings and webinars know different kinds of choice.
fn asked(area: &str) -> RegistrationQuestions {
    let of_meeting = area.starts_with("meetings");
    RegistrationQuestions {
        questions: Some(vec![
            QuestionField { field_name: "last_name".to_owned(), required: true },
            QuestionField { field_name: "org".to_owned(), required: false },
        ]),
        custom_questions: Some(vec![CustomQuestion {
            title: QUESTION.to_owned(),
            question_type: if of_meeting { QuestionType::Single } else { QuestionType::SingleRadio },
            required: false,
            answers: vec!["A colleague".to_owned(), "A search".to_owned()],
        }]),
    }
}

fn guest(email: &str, area: &str) -> NewRegistrant {
    let text = |words: &str| Some(words.to_owned());
    NewRegistrant {
        last_name: text("Guest"),
        org: text("Example"),
        job_title: text("Buyer"),
        phone: text("+31201234567"),
        address: text("Main Street 1"),
        city: text("Amsterdam"),
        zip: text("1000AA"),
        state: text("NH"),
        country: text("NL"),
        comments: text("By train"),
        custom_questions: Some(vec![RegistrationAnswer { title: QUESTION.to_owned(), value: text("A search") }]),
        language: text("en-US"),
        // The document of webinars does not know it.
        auto_approve: area.starts_with("meetings").then_some(true),
        ..NewRegistrant::new(email, "Ada")
    }
}

fn batch() -> BatchRegistration {
    let person = |name: &str| BatchRegistrant {
        email: format!("{name}@example.com"),
        first_name: name.to_owned(),
        last_name: Some("Batch".to_owned()),
    };
    BatchRegistration {
        auto_approve: Some(true),
        registrants_confirmation_email: None,
        registrants: vec![person("Cleo"), person("Dan")],
    }
}
