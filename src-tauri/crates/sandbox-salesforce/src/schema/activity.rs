//! What Event and Task have in common: both are activities, and custom fields of Activity show up on both.

use super::field::{Choice, Field, choice, labelled};

pub(super) const WHO: Field = Field::reference("WhoId", "Name ID", &["Contact", "Lead"], "Who").write();

pub(super) const WHAT: Field =
    Field::reference("WhatId", "Related To ID", &["Account", "Campaign", "Case", "Opportunity"], "What").write();

pub(super) const SUBJECTS: &[Choice] =
    &[choice("Call"), choice("Email"), choice("Meeting"), choice("Send Letter/Quote"), choice("Other")];

pub(super) const RECURRENCE_TYPES: &[Choice] = &[
    labelled("RecursDaily", "Recurs Daily"),
    labelled("RecursEveryWeekday", "Recurs Every Weekday"),
    labelled("RecursMonthly", "Recurs Monthly"),
    labelled("RecursMonthlyNth", "Recurs Monthly Nth"),
    labelled("RecursWeekly", "Recurs Weekly"),
    labelled("RecursYearly", "Recurs Yearly"),
    labelled("RecursYearlyNth", "Recurs Yearly Nth"),
];

pub(super) const INSTANCES: &[Choice] = &[
    labelled("First", "1st"),
    labelled("Second", "2nd"),
    labelled("Third", "3rd"),
    labelled("Fourth", "4th"),
    labelled("Last", "last"),
];

pub(super) const MONTHS: &[Choice] = &[
    choice("January"),
    choice("February"),
    choice("March"),
    choice("April"),
    choice("May"),
    choice("June"),
    choice("July"),
    choice("August"),
    choice("September"),
    choice("October"),
    choice("November"),
    choice("December"),
];

pub(super) const ZONES: &[Choice] = &[
    labelled("Europe/Amsterdam", "(GMT+01:00) Central European Time (Europe/Amsterdam)"),
    labelled("Europe/Berlin", "(GMT+01:00) Central European Time (Europe/Berlin)"),
    labelled("Europe/London", "(GMT+00:00) Greenwich Mean Time (Europe/London)"),
    labelled("Europe/Paris", "(GMT+01:00) Central European Time (Europe/Paris)"),
    labelled("America/New_York", "(GMT-05:00) Eastern Time (America/New_York)"),
    labelled("America/Chicago", "(GMT-06:00) Central Time (America/Chicago)"),
    labelled("America/Los_Angeles", "(GMT-08:00) Pacific Time (America/Los_Angeles)"),
    labelled("Asia/Kolkata", "(GMT+05:30) India Time (Asia/Kolkata)"),
];

/// The fields of a classic recurring series.
pub(super) const RECURRENCE_RULE: &[Field] = &[
    Field::picklist("RecurrenceTimeZoneSidKey", "Recurrence Time Zone", 40, ZONES).write().restricted(),
    Field::picklist("RecurrenceType", "Recurrence Type", 40, RECURRENCE_TYPES).write().restricted(),
    Field::int("RecurrenceInterval", "Recurrence Interval", 9).write(),
    Field::int("RecurrenceDayOfWeekMask", "Recurrence Day of Week Mask", 9).write(),
    Field::int("RecurrenceDayOfMonth", "Recurrence Day of Month", 9).write(),
    Field::picklist("RecurrenceInstance", "Recurrence Instance", 40, INSTANCES).write().restricted(),
    Field::picklist("RecurrenceMonthOfYear", "Recurrence Month of Year", 40, MONTHS).write().restricted(),
];
