//! What a test or a scenario puts into a running sandbox from outside, in one place.
//!
//! **Scripted answers**, per service, method and path pattern, so many times, before or after the
//! effect: [`Faults::add_all`](crate::Faults::add_all) with [`FaultRule`](crate::FaultRule)s, or
//! `POST /faults` of the control service with a list of them:
//!
//! ```json
//! [{"service": "zoom", "method": "GET", "path": "/v2/meetings/82440633900", "count": 1, "skip": 0,
//!   "before": {"kind": "answer", "status": 400, "headers": {"Retry-After": "…"},
//!              "body": {"code": 3000, "message": "…"}}},
//!  {"service": "salesforce", "path": "/services/oauth2/token", "count": 2,
//!   "before": {"kind": "answer", "known": "token_ip_restricted"}}]
//! ```
//!
//! `path` is a prefix, or with `*` in it a pattern of the whole path; `body` is a text that goes out
//! as it is, or any other JSON. `known` is one of [`KnownAnswer`](crate::KnownAnswer), whose parts may be given otherwise
//! beside it. Other kinds: `reset`, `delay` (before and after), `truncate` and `drip` (after).
//!
//! **Raw rows** in the shape of the services' own answers: [`Sandbox::load_zoom`](crate::Sandbox::load_zoom)
//! with [`ZoomRows`](crate::ZoomRows) or `POST /zoom/rows`, and
//! [`Sandbox::load_salesforce`](crate::Sandbox::load_salesforce) with
//! [`SalesforceRows`](crate::SalesforceRows) or `POST /salesforce/rows`. All rows of a call are
//! loaded or none; a [`RowError`](crate::RowError) names the place. What a row gives is answered as it was given,
//! until the client changes it; what it leaves out is filled in as for any other row. In Zoom's rows
//! `null` takes a field out of the answer. A row whose id is there already takes its place. Loading
//! leaves nothing in the journal, which is about what clients do.
//!
//! **What people do** in the services' own windows: [`Zoom::edit_meeting`](crate::zoom::Zoom::edit_meeting)
//! and its neighbours, [`Salesforce::edit_record`](crate::salesforce::Salesforce::edit_record) and its
//! neighbours, [`Salesforce::set_profile`](crate::salesforce::Salesforce::set_profile) for a right that
//! an administrator grants or takes.
