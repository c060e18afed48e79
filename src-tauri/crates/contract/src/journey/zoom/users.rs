//! Who the rep is.

use liaison_zoom::Zoom;

use crate::journey::Journey;

pub async fn travel(journey: &mut Journey, zoom: &Zoom) {
    journey.step("GET /users/{userId}", zoom.users().me()).await;
    journey.step("GET /users/{userId}/settings", zoom.users().settings()).await;
    journey.step("GET /users/me/zak", zoom.users().zak()).await;
}
