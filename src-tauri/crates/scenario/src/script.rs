//! Scripted answers as a scenario writes them, turned into the sandbox's fault rules.

use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, Service};
use serde::Deserialize;

/// What a service answers to some requests instead of its own answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scripted {
    pub service: Service,
    /// Every method when absent.
    #[serde(default)]
    pub method: Option<String>,
    /// A prefix of the path, or a pattern of the whole path with `*` in it.
    pub path: String,
    /// So many requests pass first.
    #[serde(default)]
    pub skip: u64,
    /// So many requests are answered like this; all of them when absent.
    #[serde(default)]
    pub times: Option<u64>,
    /// Whether the service has done what it was asked for.
    #[serde(default)]
    pub when: When,
    pub answer: Answer,
}

/// On which side of the effect the answer comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The service never saw the request.
    #[default]
    Before,
    /// The service has done all of it.
    After,
}

/// What comes back.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Nothing: the connection is reset.
    Reset,
    /// Another answer: `known` by a name, or `status`, `headers`, `content_type`, `body`.
    With(CannedAnswer),
    /// The service's own answer, cut after so many bytes.
    Cut(usize),
}

impl Scripted {
    /// # Errors
    /// Says what can't be scripted.
    pub(crate) fn rule(&self) -> Result<FaultRule, String> {
        let method = self.method.as_deref().unwrap_or_default();
        let mut rule = FaultRule::on(self.service, method, &self.path).skipping(self.skip);
        rule.method.clone_from(&self.method);
        rule.count = self.times;
        Ok(match (self.when, &self.answer) {
            (When::Before, Answer::Reset) => rule.before(BeforeEffect::Reset),
            (When::After, Answer::Reset) => rule.after(AfterEffect::Reset),
            (When::Before, Answer::With(response)) => rule.before(BeforeEffect::Answer(response.clone())),
            (When::After, Answer::With(response)) => rule.after(AfterEffect::Answer(response.clone())),
            (When::After, Answer::Cut(bytes)) => rule.after(AfterEffect::Truncate { bytes: *bytes }),
            (When::Before, Answer::Cut(_)) => {
                return Err("an answer can only be cut after the effect: say `\"when\": \"after\"`".to_owned());
            }
        })
    }
}
