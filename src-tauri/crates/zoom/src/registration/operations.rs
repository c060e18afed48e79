//! The names of the operations, as Zoom's reference writes them: one set for each kind of event.

/// One kind of event's operations.
#[derive(Debug)]
pub(super) struct Operations {
    /// First segment of every path.
    pub area: &'static str,
    /// Fields of one person that only the other kind of event knows.
    pub foreign: &'static [&'static str],
    /// The same for a batch.
    pub foreign_in_batch: &'static [&'static str],
    pub list: &'static str,
    pub get: &'static str,
    pub add: &'static str,
    pub batch: &'static str,
    pub status: &'static str,
    pub delete: &'static str,
    pub questions: &'static str,
    pub set_questions: &'static str,
}

pub(super) static OF_MEETINGS: Operations = Operations {
    area: "meetings",
    foreign: &["source_id"],
    foreign_in_batch: &[],
    list: "GET /meetings/{meetingId}/registrants",
    get: "GET /meetings/{meetingId}/registrants/{registrantId}",
    add: "POST /meetings/{meetingId}/registrants",
    batch: "POST /meetings/{meetingId}/batch_registrants",
    status: "PUT /meetings/{meetingId}/registrants/status",
    delete: "DELETE /meetings/{meetingId}/registrants/{registrantId}",
    questions: "GET /meetings/{meetingId}/registrants/questions",
    set_questions: "PATCH /meetings/{meetingId}/registrants/questions",
};

pub(super) static OF_WEBINARS: Operations = Operations {
    area: "webinars",
    foreign: &["auto_approve"],
    foreign_in_batch: &["registrants_confirmation_email"],
    list: "GET /webinars/{webinarId}/registrants",
    get: "GET /webinars/{webinarId}/registrants/{registrantId}",
    add: "POST /webinars/{webinarId}/registrants",
    batch: "POST /webinars/{webinarId}/batch_registrants",
    status: "PUT /webinars/{webinarId}/registrants/status",
    delete: "DELETE /webinars/{webinarId}/registrants/{registrantId}",
    questions: "GET /webinars/{webinarId}/registrants/questions",
    set_questions: "PATCH /webinars/{webinarId}/registrants/questions",
};
