//! How orgs differ: which fields were deployed and may be seen, what the rep may do, and in which
//! language the org was set up.

use liaison_sandbox_kernel::config::Profile;

use super::field::Field;
use super::{Definition, call_packages, deployed, shared_activities};
#[cfg(feature = "control")]
use super::{currency, german, person_account};

/// Fields that an org without the call centre feature lacks.
#[cfg(feature = "control")]
const CALL_FIELDS: [(&str, &str); 5] = [
    ("Task", "CallDurationInSeconds"),
    ("Task", "CallType"),
    ("Task", "CallDisposition"),
    ("Task", "CallObject"),
    ("User", "UserPermissionsCallCenterAutoLogin"),
];

/// Whether an org has an object at all.
pub(super) fn has(profile: Profile, definition: &Definition) -> bool {
    if definition.name == shared_activities::TASK_RELATION.name {
        return shares_activities(profile);
    }
    definition.name != call_packages::CALL_LOG.name || has_call_packages(profile)
}

/// An object as the rep of an org sees it.
pub(super) fn seen(profile: Profile, definition: &Definition) -> (Definition, Vec<Field>) {
    let mut definition = *definition;
    let mut fields: Vec<Field> = definition.fields.iter().flat_map(|group| group.iter().copied()).collect();
    if shows_the_package(profile) {
        fields.extend_from_slice(deployed::fields(definition.name));
    }
    set_up_otherwise(profile, &mut definition, &mut fields);
    (definition, fields)
}

#[cfg(feature = "control")]
fn shares_activities(profile: Profile) -> bool {
    profile == Profile::SharedActivities
}

#[cfg(feature = "control")]
fn has_call_packages(profile: Profile) -> bool {
    profile == Profile::CallPackages
}

/// Without field-level security a deployed field is as invisible as one that is not there.
#[cfg(feature = "control")]
fn shows_the_package(profile: Profile) -> bool {
    !matches!(profile, Profile::Bare | Profile::DeployedWithoutFls)
}

#[cfg(feature = "control")]
fn set_up_otherwise(profile: Profile, definition: &mut Definition, fields: &mut Vec<Field>) {
    match profile {
        Profile::NoMarketing if ["Campaign", "CampaignMemberStatus"].contains(&definition.name) => {
            definition.createable = false;
            definition.updateable = false;
            definition.deletable = false;
        }
        Profile::NoCallCenter => fields.retain(|field| !CALL_FIELDS.contains(&(definition.name, field.name))),
        Profile::PersonAccounts => fields.extend(person_account::fields(definition.name)),
        Profile::SharedActivities => shared_activities::share(definition.name, fields),
        Profile::MultiCurrency => fields.extend(currency::fields(definition.name)),
        Profile::NonEnglish => german::translate(definition, fields),
        Profile::CallPackages => fields.extend_from_slice(call_packages::fields(definition.name)),
        _ => {}
    }
}

#[cfg(not(feature = "control"))]
fn shares_activities(Profile::Deployed: Profile) -> bool {
    false
}

#[cfg(not(feature = "control"))]
fn has_call_packages(Profile::Deployed: Profile) -> bool {
    false
}

#[cfg(not(feature = "control"))]
fn shows_the_package(Profile::Deployed: Profile) -> bool {
    true
}

#[cfg(not(feature = "control"))]
fn set_up_otherwise(Profile::Deployed: Profile, _: &mut Definition, _: &mut Vec<Field>) {}
