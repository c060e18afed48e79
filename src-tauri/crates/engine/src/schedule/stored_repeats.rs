//! How a meeting to be made repeats, in the stored form of its draft (golden texts in `stored`).

use serde::{Deserialize, Serialize};

use crate::schedule::view::{RepeatEnd, RepeatRhythm, Repeats};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RepeatsForm {
    rhythm: RhythmForm,
    every: u32,
    end: EndForm,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum RhythmForm {
    Daily,
    Weekly { days: Vec<u32> },
    MonthDay { day: u32 },
    MonthWeekday { week: i32, day: u32 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum EndForm {
    Never,
    Times { times: u32 },
    Until { date: String },
}

impl RepeatsForm {
    pub fn of(repeats: &Repeats) -> Self {
        let rhythm = match repeats.rhythm.clone() {
            RepeatRhythm::Daily => RhythmForm::Daily,
            RepeatRhythm::Weekly { days } => RhythmForm::Weekly { days },
            RepeatRhythm::MonthDay { day } => RhythmForm::MonthDay { day },
            RepeatRhythm::MonthWeekday { week, day } => RhythmForm::MonthWeekday { week, day },
        };
        let end = match repeats.end.clone() {
            RepeatEnd::Never => EndForm::Never,
            RepeatEnd::Times { times } => EndForm::Times { times },
            RepeatEnd::Until { date } => EndForm::Until { date },
        };
        Self { rhythm, every: repeats.every, end }
    }

    pub fn sheet(self) -> Repeats {
        let rhythm = match self.rhythm {
            RhythmForm::Daily => RepeatRhythm::Daily,
            RhythmForm::Weekly { days } => RepeatRhythm::Weekly { days },
            RhythmForm::MonthDay { day } => RepeatRhythm::MonthDay { day },
            RhythmForm::MonthWeekday { week, day } => RepeatRhythm::MonthWeekday { week, day },
        };
        let end = match self.end {
            EndForm::Never => RepeatEnd::Never,
            EndForm::Times { times } => RepeatEnd::Times { times },
            EndForm::Until { date } => RepeatEnd::Until { date },
        };
        Repeats { rhythm, every: self.every, end }
    }
}
