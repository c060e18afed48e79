//! Registrants from raw rows, in the shape of the list of registrants.

use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::script::RowError;
use liaison_sandbox_kernel::world::zone::Zone;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value};

use super::roster::{Registrant, Standing};
use crate::meetings::fields::{Fields, is_email};
use crate::meetings::loaded::{checked, time};
use crate::secrets;

const LONGEST: usize = 500;
/// Fields that a registrant has apart from its answers.
const OWN: [&str; 8] =
    ["id", "email", "first_name", "last_name", "status", "create_time", "join_url", "participant_pin_code"];

/// One registrant.
pub(crate) fn read(
    row: &Map<String, Value>,
    place: &str,
    (zone, now): (Zone, DateTime<Utc>),
) -> Result<Registrant, RowError> {
    let mut fields = Fields::new(row, "");
    let email = fields.text("email", LONGEST).unwrap_or_default();
    if !is_email(&email) {
        fields.wrong("email");
    }
    let standing = match fields.text("status", 20).as_deref() {
        None | Some("approved") => Standing::Approved,
        Some("pending") => Standing::Pending,
        Some("denied") => Standing::Denied,
        Some(_) => {
            fields.wrong("status");
            Standing::Approved
        }
    };
    let mut rng =
        ChaCha8Rng::seed_from_u64(email.bytes().fold(5, |seed, byte| seed * 31 % 1_000_003 + u64::from(byte)));
    let registrant = Registrant {
        id: fields.text("id", LONGEST).unwrap_or_else(|| secrets::short_id(&mut rng)),
        first_name: fields.text("first_name", LONGEST).unwrap_or_default(),
        last_name: fields.text("last_name", LONGEST).unwrap_or_default(),
        email,
        answers: row
            .iter()
            .filter(|(name, value)| !OWN.contains(&name.as_str()) && !value.is_null())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        standing,
        created_at: time(&mut fields, "create_time", zone).unwrap_or(now),
        source: None,
        pin: rng.random_range(100_000..1_000_000),
        raw: row.clone(),
    };
    checked(fields, place)?;
    Ok(registrant)
}
