//! The refusals of registration, which differ between meetings and webinars.

use crate::answer::Refusal;
use crate::meetings::Family;

/// Listing, questions and status of something that anybody may join.
pub(super) fn not_enabled(family: Family, id: u64) -> Refusal {
    let code = match family {
        Family::Meeting => 300,
        Family::Webinar => 3000,
    };
    Refusal::bad_request(code, format!("Registration has not been enabled for this {}: {id}.", family.name()))
}

/// Adding one person to something that anybody may join.
pub(super) fn not_required(family: Family, id: u64) -> Refusal {
    match family {
        Family::Meeting => not_enabled(family, id),
        Family::Webinar => {
            Refusal::bad_request(3000, format!("This webinar does not have registration as required: {id}."))
        }
    }
}

/// Adding many people to something that anybody may join.
pub(super) fn not_enabled_for_batch(family: Family, id: u64) -> Refusal {
    match family {
        Family::Meeting => {
            Refusal::bad_request(404, format!("Registration has not been enabled for this meeting: {id}."))
        }
        Family::Webinar => not_enabled(family, id),
    }
}

pub(super) fn not_for_batch(family: Family) -> Refusal {
    match family {
        Family::Meeting => Refusal::bad_request(
            303,
            "This API can only be used for scheduled meeting(meeting type: 2). Batch registration is not supported \
             for other meeting types.",
        ),
        Family::Webinar => Refusal::bad_request(
            300,
            "This API can only be used for scheduled webinars (type 5). Batch registration is not supported for \
             other webinar types.",
        ),
    }
}

pub(super) fn over(family: Family) -> Refusal {
    let message = match family {
        Family::Meeting => {
            "Meeting is over, you can not register now. If you have any questions, please contact the Meeting host."
        }
        Family::Webinar => {
            "Webinar is over, you cannot register now. If you have any questions, contact the webinar host."
        }
    };
    Refusal::bad_request(3038, message)
}

pub(super) fn full(family: Family) -> Refusal {
    match family {
        Family::Meeting => Refusal::bad_request(3043, "Meeting has reached maximum attendee capacity."),
        Family::Webinar => Refusal::bad_request(3043, "Webinar has reached maximum attendee capacity."),
    }
}

pub(super) fn host() -> Refusal {
    Refusal::bad_request(3027, "Host cannot register.")
}

pub(super) fn panelist() -> Refusal {
    Refusal::bad_request(
        3000,
        "You have been invited as a panelist for the webinar, please check your email to find more information \
         about this webinar.",
    )
}

pub(super) fn unknown_registrant(id: &str) -> Refusal {
    Refusal::bad_request(3079, format!("This registrant does not exist: {id}."))
}

/// The refusal of a deletion.
pub(super) fn nobody_to_delete(family: Family, id: &str) -> Refusal {
    match family {
        Family::Meeting => Refusal::bad_request(
            300,
            "The value that you entered for the Registrant ID field is invalid. Enter a valid value and try again.",
        ),
        Family::Webinar => Refusal::bad_request(3000, format!("Registrant {id} was not found.")),
    }
}
