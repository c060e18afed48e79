//! What leaves: paths, queries and bodies, seen by a server that takes anything.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_zoom::{
    BatchRegistrant, BatchRegistration, CallHistoryFilter, CallSync, CallWindow, ErrorKind, MeetingId, MeetingUuid,
    NewPanelist, NewRegistrant, NewWebinar, OccurrenceId, RegistrantAction, RegistrantKey, RegistrantList,
    RegistrantStatus, SyncToken, WebinarDeletion, WebinarId, WebinarListType, Zoom, ZoomTime,
};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::client;

/// A server that gives one answer to everything.
async fn answering(status: u16, body: &Value) -> (MockServer, Zoom) {
    let server = MockServer::start().await;
    let answer = match status {
        204 => ResponseTemplate::new(204),
        status => ResponseTemplate::new(status).set_body_json(body),
    };
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let zoom = client(&server.uri(), "t");
    (server, zoom)
}

/// The last request: method with path and query, and body.
async fn last(server: &MockServer) -> (String, Value) {
    let requests = server.received_requests().await.unwrap();
    let Request { method, url, body, .. } = requests.last().unwrap();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    (format!("{method} {}{query}", url.path()), serde_json::from_slice(body).unwrap_or_default())
}

fn refused(code: i64, message: &str) -> Value {
    json!({"code": code, "message": message})
}

const WEBINAR: WebinarId = WebinarId(95_204_914_252);

#[tokio::test]
async fn registrants_of_both_kinds_have_their_own_paths() {
    let (server, zoom) = answering(200, &json!({"registrants": []})).await;
    let list = RegistrantList {
        occurrence: Some(OccurrenceId::new("1804689000000")),
        ..RegistrantList::of(RegistrantStatus::Pending)
    };
    zoom.meetings().registrants(MeetingId(98_765_432_101)).list(&list, Some("t0")).await.unwrap();
    let expected = "GET /meetings/98765432101/registrants?status=pending&occurrence_id=1804689000000&page_size=300&next_page_token=t0";
    assert_eq!(last(&server).await.0, expected);
    let batch = BatchRegistration {
        auto_approve: Some(true),
        registrants: vec![BatchRegistrant {
            email: "a@example.org".to_owned(),
            first_name: "Anna".to_owned(),
            last_name: None,
        }],
        ..BatchRegistration::default()
    };
    zoom.webinars().registrants(WEBINAR).add_batch(&batch).await.unwrap();
    let (line, body) = last(&server).await;
    assert_eq!(line, "POST /webinars/95204914252/batch_registrants");
    assert_eq!(body, json!({"auto_approve": true, "registrants": [{"email": "a@example.org", "first_name": "Anna"}]}));
}

#[tokio::test]
async fn a_status_names_the_people() {
    let (server, zoom) = answering(204, &Value::Null).await;
    let registrants = zoom.webinars().registrants(WEBINAR);
    let keys = [RegistrantKey { id: "r/1".to_owned(), email: "a@example.org".to_owned() }];
    registrants.set_status(RegistrantAction::Approve, &keys, None).await.unwrap();
    let (line, body) = last(&server).await;
    assert_eq!(line, "PUT /webinars/95204914252/registrants/status");
    assert_eq!(body, json!({"action": "approve", "registrants": [{"id": "r/1", "email": "a@example.org"}]}));
    registrants.delete("r/../1", None).await.unwrap();
    assert_eq!(last(&server).await.0, "DELETE /webinars/95204914252/registrants/r%2F%2E%2E%2F1");
    assert!(registrants.set_status(RegistrantAction::Deny, &[], None).await.is_err());
}

#[tokio::test]
async fn instances_are_encoded_as_often_as_zoom_wants() {
    let (server, zoom) = answering(200, &json!({"participants": []})).await;
    let past = zoom.past_meetings();
    past.participants(&MeetingUuid::new("Qw/r==").into(), None).await.unwrap();
    assert_eq!(
        last(&server).await.0,
        "GET /past_meetings/Qw%2Fr%3D%3D/participants?include_fields=registrant_id&page_size=300"
    );
    past.participants(&MeetingUuid::new("/Qwr==").into(), None).await.unwrap();
    assert_eq!(
        last(&server).await.0,
        "GET /past_meetings/%252FQwr%253D%253D/participants?include_fields=registrant_id&page_size=300"
    );
    zoom.webinars().past().participants(&WEBINAR.into(), None).await.unwrap();
    assert_eq!(last(&server).await.0, "GET /past_webinars/95204914252/participants?page_size=300");
}

#[tokio::test]
async fn webinars_are_listed_deleted_and_get_panelists() {
    let (server, zoom) = answering(200, &json!({"webinars": []})).await;
    let webinars = zoom.webinars();
    webinars.list(&WebinarListType::Upcoming, None).await.unwrap();
    assert_eq!(last(&server).await.0, "GET /users/me/webinars?type=upcoming&page_size=300");
    let occurrence = OccurrenceId::new("1804689000000");
    webinars.delete(WEBINAR, Some(&occurrence), WebinarDeletion { notify_people: true }).await.unwrap();
    let expected = "DELETE /webinars/95204914252?cancel_webinar_reminder=true&occurrence_id=1804689000000";
    assert_eq!(last(&server).await.0, expected);
    let eva = NewPanelist { name: "Eva".to_owned(), email: "eva@example.org".to_owned() };
    webinars.add_panelists(WEBINAR, &[eva]).await.unwrap();
    assert_eq!(last(&server).await.1, json!({"panelists": [{"name": "Eva", "email": "eva@example.org"}]}));
    webinars.remove_panelist(WEBINAR, "eva@example.org").await.unwrap();
    assert_eq!(last(&server).await.0, "DELETE /webinars/95204914252/panelists/eva%40example%2Eorg");
}

#[tokio::test]
async fn calls_are_asked_for_within_a_window_and_by_sync() {
    let (server, zoom) = answering(200, &json!({"call_elements": []})).await;
    let from: DateTime<Utc> = DateTime::from_timestamp(1_795_370_400, 0).unwrap();
    let window = CallWindow::new(from, from + TimeDelta::days(1)).unwrap();
    zoom.phone().history(&CallHistoryFilter::within(window), None).await.unwrap();
    let expected =
        "GET /phone/users/me/call_history?from=2026-11-22T18%3A00%3A00Z&to=2026-11-23T18%3A00%3A00Z&page_size=300";
    assert_eq!(last(&server).await.0, expected);
    zoom.phone().sync(&CallSync::Newer(SyncToken::new("a+b="))).await.unwrap();
    let expected = "GET /phone/users/me/call_history/sync?sync_type=ISync&count=300&sync_token=a%2Bb%3D";
    assert_eq!(last(&server).await.0, expected);
    zoom.phone().mark_voicemail("v1", true).await.unwrap();
    assert_eq!(last(&server).await.0, "PATCH /phone/voice_mails/v1?read_status=Read");
}

#[tokio::test]
async fn quotas_of_registration_are_told_apart_from_the_general_limits() {
    let anna = NewRegistrant::new("anna@example.org", "Anna");
    let keys = [RegistrantKey { id: "r1".to_owned(), email: "anna@example.org".to_owned() }];
    let (_server, zoom) = answering(429, &refused(429, "You have exceeded the daily limit for this registrant.")).await;
    let registrants = zoom.meetings().registrants(MeetingId(98_765_432_101));
    let error = registrants.add(&anna, &[]).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::RegistrantLimit));
    let error = registrants.set_status(RegistrantAction::Approve, &keys, None).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::RegistrantStatusLimit));
    for (code, message, kind) in [
        (3035, "Webinar has reached its capacity", ErrorKind::CapacityReached),
        (3038, "Webinar is over", ErrorKind::RegistrationClosed),
        (3027, "Host cannot register", ErrorKind::CannotRegister),
        (300, "Registration has not been enabled for this meeting: 1.", ErrorKind::RegistrationOff),
        (300, "Validation Failed.", ErrorKind::Validation),
    ] {
        let (_server, zoom) = answering(400, &refused(code, message)).await;
        let error = zoom.webinars().registrants(WEBINAR).add(&anna, &[]).await.unwrap_err();
        assert_eq!(error.kind(), Some(&kind), "{message}");
    }
}

#[tokio::test]
async fn creations_and_changes_are_counted_and_readings_are_not() {
    let (_server, zoom) = answering(200, &json!({"id": 95_204_914_252_u64})).await;
    let start = ZoomTime::Utc(Utc::now() + TimeDelta::days(1));
    let launch = NewWebinar::scheduled("Launch", start, 60, "Europe/Amsterdam");
    zoom.webinars().create(&launch).await.unwrap();
    zoom.webinars().get(WEBINAR).await.unwrap();
    assert_eq!((zoom.edits_today().used, zoom.clone().edits_today().left()), (1, 99));
    let nameless = NewWebinar { topic: String::new(), ..launch.clone() };
    assert!(zoom.webinars().create(&nameless).await.is_err());
    assert_eq!(zoom.edits_today().used, 1, "what is not sent is not counted");

    let full = "You have exceed the daily rate limit(100) of Meeting Create/Update API requests";
    let (_server, zoom) = answering(429, &refused(429, full)).await;
    let error = zoom.webinars().create(&launch).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::DailyEditLimit));
    assert_eq!(zoom.edits_today().left(), 0);
}

#[tokio::test]
async fn who_has_no_phone_is_told_apart_from_who_lacks_a_scope() {
    for (status, code, message) in
        [(404, 1001, "User does not exist"), (403, 200, "No permission"), (400, 300, "User does not exist: me.")]
    {
        let (_server, zoom) = answering(status, &refused(code, message)).await;
        assert_eq!(zoom.phone().user().await.unwrap(), None, "{message}");
    }
    let scope = "Invalid access token, does not contain scopes:[phone:read:user]";
    let (_server, zoom) = answering(400, &refused(4711, scope)).await;
    assert!(matches!(zoom.phone().user().await.unwrap_err().kind(), Some(ErrorKind::ScopeMissing { .. })));
}

#[tokio::test]
async fn a_webinar_list_that_turns_no_page_has_no_end() {
    use futures::StreamExt;

    let rows = json!({"webinars": [{"id": 95_204_914_252_u64}], "next_page_token": "t1"});
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(move |request: &Request| {
            // The token changes, the page does not.
            let mut rows = rows.clone();
            if request.url.query().is_some_and(|query| query.contains("next_page_token=t1")) {
                rows["next_page_token"] = json!("t2");
            }
            ResponseTemplate::new(200).set_body_json(rows)
        })
        .mount(&server)
        .await;
    let steps: Vec<_> = client(&server.uri(), "t").webinars().walk(WebinarListType::Scheduled).collect().await;
    assert_eq!(steps.len(), 2);
    assert!(steps[1].is_err(), "{steps:?}");
}

#[tokio::test]
async fn a_webinar_list_that_knows_page_numbers_only_is_walked_by_them() {
    use futures::StreamExt;
    use liaison_zoom::ListStep;

    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(|request: &Request| {
            let pairs: std::collections::HashMap<_, _> = request.url.query_pairs().into_owned().collect();
            let number: u64 = pairs.get("page_number").map_or(1, |text| text.parse().unwrap());
            let token = if number < 3 { "always-the-same" } else { "" };
            let row = json!({"id": 95_204_914_250 + number});
            ResponseTemplate::new(200).set_body_json(json!({"webinars": [row], "next_page_token": token}))
        })
        .mount(&server)
        .await;
    let steps: Vec<_> = client(&server.uri(), "t").webinars().walk(WebinarListType::Scheduled).collect().await;
    let mut found = Vec::new();
    for step in &steps {
        if let Ok(ListStep::Page(page)) = step {
            found.extend(page.items.iter().map(|row| row.id.0 - 95_204_914_250));
        }
    }
    assert_eq!(found, [1, 2, 3]);
    assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))), "{steps:?}");
}
