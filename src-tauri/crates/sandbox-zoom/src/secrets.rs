//! Random texts in the shapes that Zoom gives them. Ids come from the seed, secrets never do.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::RngCore;
use serde_json::json;

/// 22 characters of URL-safe base64, as Zoom's ids of users, accounts and apps.
pub(crate) fn short_id(rng: &mut impl RngCore) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// 24 characters of base64, as a meeting's UUID; slashes and plus signs included.
pub(crate) fn meeting_uuid(rng: &mut impl RngCore) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    STANDARD.encode(bytes)
}

/// A UUID that begins with a slash or has two of them, so that it must be percent-encoded twice in
/// a path.
pub(crate) fn awkward(mut uuid: String) -> String {
    let place = if uuid.starts_with('/') { 6 } else { 0 };
    uuid.replace_range(place..place + 2, "//");
    uuid
}

/// An unguessable text of `bytes` random bytes.
pub(crate) fn opaque(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    rand::rng().fill_bytes(&mut random);
    URL_SAFE_NO_PAD.encode(random)
}

/// Three parts with dots, some 700 characters: long enough to break a client with a small field.
pub(crate) fn token_like() -> String {
    let header = json!({
        "sv": "000002", "alg": "HS512", "v": "2.0", "kid": uuid::Uuid::new_v4().to_string(),
    });
    let payload = json!({ "ver": 10, "iss": "zm:sandbox", "nonce": opaque(300) });
    let parts = [header, payload].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    format!("{}.{}.{}", parts[0], parts[1], opaque(64))
}
