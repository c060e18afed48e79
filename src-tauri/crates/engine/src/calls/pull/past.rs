//! The past, month by month from its end backwards, in either form of the history; and what is new in the first one,
//! which knows no sync.

use liaison_domain::calls::Leg;
use liaison_zoom::{CallHistoryFilter, CallLog, CallLogKind, CallWindow, Page, ZoomError};

use super::{LATE, MONTH, MOST_PAGES, PAST, Round, is_refused_page, legs, window};
use crate::calls::leg;
use crate::calls::stored::Fill;
use crate::failure::Error;
use crate::pull::access::{Failed, failed};
use crate::terms::Provider;

/// In which form an account tells its calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As legs.
    Legs,
    /// The first one: whole calls.
    Whole,
}

/// A page in either form.
struct Told {
    legs: Vec<Leg>,
    skipped: u32,
    next: Option<String>,
}

impl Told {
    fn of<T>(page: Page<T>, read: fn(&[T]) -> Vec<Leg>) -> Self {
        Self {
            legs: read(&page.items),
            skipped: u32::try_from(page.skipped.len()).unwrap_or(u32::MAX),
            next: page.next_page_token.filter(|token| !token.is_empty()),
        }
    }
}

impl Round<'_> {
    /// An account that has only the first form of the history: what is new, then the past. Answers whether all of it is
    /// here.
    pub(super) async fn first_form(&mut self) -> Result<bool, Failed> {
        let now_ms = self.cx.now_ms();
        let up_to_date = self.newer(now_ms).await?;
        if !up_to_date {
            self.plan_fill(now_ms, self.place.first_form_ms);
            self.place.first_form_ms = Some(now_ms);
        }
        let filled = self.fill(Form::Whole).await?;
        if filled && !up_to_date {
            self.keep(Vec::new(), true).await?;
        }
        Ok(filled)
    }

    /// Takes what came since the last round; answers whether that was all. At first, after a long time, and where it is
    /// too much for a round, it is left to be filled like the past.
    async fn newer(&mut self, now_ms: i64) -> Result<bool, Failed> {
        let Some(whole_until_ms) = self.place.first_form_ms else { return Ok(false) };
        let from_ms = whole_until_ms - LATE.num_milliseconds();
        if now_ms - from_ms > MONTH.num_milliseconds() {
            return Ok(false);
        }
        let Some(window) = window(from_ms, now_ms) else { return Ok(false) };
        let mut token = None::<String>;
        for _ in 0..MOST_PAGES {
            let told = self.page(Form::Whole, window, token.as_deref()).await.map_err(failed(self.cx))?;
            self.skipped += told.skipped;
            token = told.next;
            let complete = token.is_none();
            if complete {
                self.place.first_form_ms = Some(now_ms);
            }
            self.keep(told.legs, complete).await?;
            if complete {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// After a beginning: what lies before now is filled, to six months back, or to where the calls were whole before.
    pub(super) fn plan_fill(&mut self, now_ms: i64, whole_until_ms: Option<i64>) {
        let six_months = now_ms - PAST.num_milliseconds();
        let unfinished = self.place.fill.as_ref().map(|fill| fill.goal_ms);
        let goal_ms = match (unfinished, whole_until_ms) {
            (Some(goal), _) => goal.max(six_months),
            (None, Some(whole_until)) => (whole_until - LATE.num_milliseconds()).max(six_months),
            (None, None) => six_months,
        };
        self.place.fill = Some(Fill { until_ms: now_ms, goal_ms, page: None });
    }

    /// Fills the past from its end backwards; answers whether it is filled.
    pub(super) async fn fill(&mut self, form: Form) -> Result<bool, Failed> {
        if let Some(fill) = &mut self.place.fill {
            fill.stay_within(self.cx.now_ms() - PAST.num_milliseconds());
        }
        for _ in 0..MOST_PAGES {
            let Some(fill) = self.place.fill.clone() else { return Ok(true) };
            let from_ms = fill.goal_ms.max(fill.until_ms - MONTH.num_milliseconds());
            let Some(window) = window(from_ms, fill.until_ms) else {
                self.place.fill = None;
                continue;
            };
            let told = match self.page(form, window, fill.page.as_deref()).await {
                Ok(told) => told,
                // It lives for a quarter of an hour; the month begins again, and what is here already changes nothing.
                Err(error) if fill.page.is_some() && is_refused_page(&error) => {
                    self.place.fill = Some(Fill { page: None, ..fill });
                    continue;
                }
                Err(error) => return Err(failed(self.cx)(error)),
            };
            self.skipped += told.skipped;
            self.place.fill = match told.next {
                Some(token) if fill.page.as_ref() == Some(&token) => {
                    return Err(Failed::Command(Error::Answer { provider: Provider::Zoom, code: "E-ZOOM-LIST" }));
                }
                Some(token) => Some(Fill { page: Some(token), ..fill }),
                None => {
                    self.place.back_to_ms = Some(self.place.back_to_ms.map_or(from_ms, |known| known.min(from_ms)));
                    (from_ms > fill.goal_ms).then_some(Fill { until_ms: from_ms, page: None, ..fill })
                }
            };
            self.keep(told.legs, false).await?;
        }
        Ok(self.place.fill.is_none())
    }

    async fn page(&self, form: Form, window: CallWindow, token: Option<&str>) -> Result<Told, ZoomError> {
        let phone = self.zoom.api.phone();
        Ok(match form {
            Form::Legs => Told::of(phone.history(&CallHistoryFilter::within(window), token).await?, legs),
            Form::Whole => Told::of(phone.call_logs(Some(window), &CallLogKind::All, token).await?, whole),
        })
    }
}

fn whole(told: &[CallLog]) -> Vec<Leg> {
    told.iter().map(leg::whole).collect()
}
