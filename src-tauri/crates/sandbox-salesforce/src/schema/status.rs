//! The two lists of statuses that admins may change: CampaignMemberStatus and TaskStatus.

use super::field::Field;
use super::{DELETED, Definition, ORDINARY, STAMPS};

const MEMBER: &[Field] = &[
    Field::id("Campaign Member Status ID"),
    Field::reference("CampaignId", "Campaign ID", &["Campaign"], "Campaign")
        .create()
        .required()
        .children("CampaignMemberStatuses")
        .cascading(),
    Field::text("Label", "Label", 765).write().required().names_the_record(),
    Field::int("SortOrder", "Sort Order", 9).write(),
    Field::boolean("IsDefault", "Is Default").write(),
    Field::boolean("HasResponded", "Responded").write(),
];

pub(super) const CAMPAIGN_MEMBER_STATUS: Definition = Definition {
    name: "CampaignMemberStatus",
    label: "Campaign Member Status",
    plural: "Campaign Member Statuses",
    prefix: "01Y",
    searchable: false,
    undeletable: false,
    mru: false,
    fields: &[MEMBER, DELETED, STAMPS],
    ..ORDINARY
};

const TASK: &[Field] = &[
    Field::id("Task Status Value ID"),
    Field::text("MasterLabel", "Master Label", 255).names_the_record(),
    Field::text("ApiName", "API Name", 255),
    Field::int("SortOrder", "Sort Order", 9),
    Field::boolean("IsDefault", "Is Default"),
    Field::boolean("IsClosed", "Is Closed"),
];

pub(super) const TASK_STATUS: Definition = Definition {
    name: "TaskStatus",
    label: "Task Status Value",
    plural: "Task Status Values",
    prefix: "01T",
    createable: false,
    updateable: false,
    deletable: false,
    replicateable: false,
    searchable: false,
    undeletable: false,
    mru: false,
    fields: &[TASK, STAMPS],
    ..ORDINARY
};
