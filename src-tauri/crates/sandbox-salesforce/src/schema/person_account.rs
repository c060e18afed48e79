//! Person accounts: an Account that is a person, with a Contact behind it.

use super::field::Field;

const OF_ACCOUNT: &[Field] = &[
    Field::boolean("IsPersonAccount", "Is Person Account"),
    Field::reference("PersonContactId", "Contact ID", &["Contact"], "PersonContact"),
    Field::text("LastName", "Last Name", 80).write(),
    Field::text("FirstName", "First Name", 40).write(),
    Field::email("PersonEmail", "Email").write().lookup(),
    Field::phone("PersonMobilePhone", "Mobile").write(),
    Field::phone("PersonHomePhone", "Home Phone").write(),
    Field::text("PersonTitle", "Title", 80).write(),
    Field::boolean("PersonHasOptedOutOfEmail", "Email Opt Out").write(),
    Field::boolean("PersonDoNotCall", "Do Not Call").write(),
];

const OF_CONTACT: &[Field] = &[Field::boolean("IsPersonAccount", "Is Person Account")];

/// What an object has more of where person accounts are switched on.
pub(super) fn fields(object: &str) -> &'static [Field] {
    match object {
        "Account" => OF_ACCOUNT,
        "Contact" => OF_CONTACT,
        _ => &[],
    }
}
