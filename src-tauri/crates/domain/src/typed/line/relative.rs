//! Days that are told from today on: in a while, of a week, of a month.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::super::cursor::Cursor;
use super::super::{date, words};
use super::Writer;
use super::dates::{Read, Written, day_number, exact, said, short_weekday, weekday};
use super::numbers::count;

/// `next month on the 20th`, `volgende maand de 5e`.
pub(super) fn day_of_named_month(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    matches!(cursor.word(), Some("next" | "volgende" | "this" | "deze")).then_some(())?;
    let begin = named_month(cursor, writer.reader.today)?;
    cursor.eat(&["on", "op"]);
    cursor.eat(&["the", "de"]);
    let (day, written) = day_number(cursor)?;
    (written != Written::Count).then(|| said(date::dated(begin.year(), begin.month(), day)))?
}

/// `3 days ago`, `two weeks from now`, `over 2 weken`, `in 1 month and 3 days`, `een week na morgen`.
pub(super) fn offset(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    let led = cursor.eat(&["in", "over", "binnen"]);
    let (mut months, mut days) = (0_u32, 0_u32);
    let mut parts = 0;
    loop {
        let mut ahead = *cursor;
        if parts > 0 {
            let _ = ahead.eat(&["and", "en"]) || ahead.eat_mark(&[',']);
        }
        let Some(number) = count(&mut ahead) else { break };
        let Some((in_months, in_days)) = ahead.eat_known(|word| {
            Some(match word {
                "day" | "days" | "dag" | "dagen" => (0, 1),
                "week" | "weeks" | "weken" => (0, 7),
                "month" | "months" | "maand" | "maanden" => (1, 0),
                "year" | "years" | "jaar" => (12, 0),
                _ => return None,
            })
        }) else {
            break;
        };
        months = months.checked_add(number.checked_mul(in_months)?)?;
        days = days.checked_add(number.checked_mul(in_days)?)?;
        parts += 1;
        *cursor = ahead;
    }
    (parts > 0).then_some(())?;
    let today = writer.reader.today;
    if cursor.eat(&["ago", "geleden"]) {
        let past = today.checked_sub_months(Months::new(months))?.checked_sub_days(Days::new(u64::from(days)))?;
        return Some(exact(past));
    }
    let from_tomorrow = cursor.eat_all(&["from", "tomorrow"])
        || cursor.eat_all(&["na", "morgen"])
        || cursor.eat_all(&["vanaf", "morgen"]);
    let hence = cursor.eat_all(&["from", "now"])
        || cursor.eat_all(&["from", "today"])
        || cursor.eat_all(&["vanaf", "nu"])
        || cursor.eat_all(&["vanaf", "vandaag"])
        || cursor.eat(&["later", "hence"]);
    (led || hence || from_tomorrow).then_some(())?;
    let then = today.checked_add_months(Months::new(months))?.checked_add_days(Days::new(u64::from(days)))?;
    Some(exact(if from_tomorrow { then.succ_opt()? } else { then }))
}

/// `first friday of july`, `de laatste donderdag van de maand`.
pub(super) fn nth_weekday(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    cursor.eat(&["the", "de"]);
    let last = cursor.eat(&["last", "laatste"]);
    let nth = if last {
        0
    } else {
        let (nth, Written::Figure | Written::Place) = day_number(cursor)? else { return None };
        nth
    };
    let day = cursor.eat_known(weekday)?;
    cursor.eat(&["of", "in", "van"]).then_some(())?;
    let today = writer.reader.today;
    let in_month = |year: i32, month: u32| {
        if last {
            let days = date::days_of(year, month)?;
            let end = NaiveDate::from_ymd_opt(year, month, days)?;
            (0..7).filter_map(|back| end.checked_sub_days(Days::new(back))).find(|date| date.weekday() == day)
        } else {
            NaiveDate::from_weekday_of_month_opt(year, month, day, u8::try_from(nth).ok()?)
        }
    };
    if let Some(month) = cursor.eat_known(words::month) {
        let this = in_month(today.year(), month).filter(|date| *date >= today);
        return Some(exact(this.or_else(|| in_month(today.year() + 1, month))?));
    }
    let begin = named_month(cursor, today)?;
    Some(exact(in_month(begin.year(), begin.month())?))
}

/// The first day of «this month», «volgende maand», «de maand».
pub(super) fn named_month(cursor: &mut Cursor<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let this = today.with_day(1)?;
    cursor.eat(&["the", "de"]);
    let next = cursor.eat(&["next", "volgende"]);
    let last = !next && cursor.eat(&["last", "vorige", "afgelopen"]);
    if !next && !last {
        cursor.eat(&["this", "deze"]);
    }
    cursor.eat(&["month", "maand"]).then_some(())?;
    match (next, last) {
        (true, _) => this.checked_add_months(Months::new(1)),
        (_, true) => this.checked_sub_months(Months::new(1)),
        _ => Some(this),
    }
}

/// `end of the month`, `eind van de maand`, `end of the week`, `begin volgende maand`, `the next day`.
pub(super) fn month_end(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    let today = writer.reader.today;
    cursor.eat(&["the", "de", "het"]);
    if cursor.eat_all(&["next", "day"]) || cursor.eat_all(&["volgende", "dag"]) {
        return Some(exact(today.succ_opt()?));
    }
    if cursor.eat_all(&["day", "before", "yesterday"]) || cursor.eat(&["eergisteren"]) {
        return Some(exact(today.checked_sub_days(Days::new(2))?));
    }
    let end = cursor.eat(&["end", "eind", "einde"]);
    if !end {
        cursor.eat(&["start", "beginning", "begin"]).then_some(())?;
    }
    cursor.eat(&["of", "van"]);
    if let Some(begin) = {
        let mut ahead = *cursor;
        named_month(&mut ahead, today).inspect(|_| *cursor = ahead)
    } {
        let days = date::days_of(begin.year(), begin.month())?;
        return Some(exact(if end { begin.with_day(days)? } else { begin }));
    }
    let month = {
        let mut ahead = *cursor;
        ahead.eat_known(words::month).inspect(|_| *cursor = ahead)
    };
    if let Some(month) = month {
        let begin = if end {
            let days = date::days_of(today.year(), month)?;
            NaiveDate::from_ymd_opt(today.year(), month, days)?
        } else {
            NaiveDate::from_ymd_opt(today.year(), month, 1)?
        };
        return Some(exact(if begin >= today { begin } else { with_year(begin, today.year() + 1, end)? }));
    }
    let next = cursor.eat(&["next", "volgende"]);
    if !next {
        cursor.eat(&["this", "the", "deze", "de"]);
    }
    cursor.eat(&["week"]).then_some(())?;
    let monday = today.week(Weekday::Mon).first_day();
    Some(exact(monday.checked_add_days(Days::new(if next { 7 } else { 0 } + if end { 4 } else { 0 }))?))
}

fn with_year(date: NaiveDate, year: i32, end: bool) -> Option<NaiveDate> {
    let day = if end { date::days_of(year, date.month())? } else { 1 };
    NaiveDate::from_ymd_opt(year, date.month(), day)
}

/// `last sunday`, `vorige week zondag`, `afgelopen vrijdag`.
pub(super) fn past_week(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    cursor.eat(&["last", "past", "previous", "vorige", "afgelopen", "laatste", "voorgaande"]).then_some(())?;
    let whole = cursor.eat(&["week"]);
    cursor.eat(&["on", "op"]);
    let day = cursor.eat_known(weekday)?;
    let today = writer.reader.today;
    let monday = today.week(Weekday::Mon).first_day();
    let offset = u64::from(day.num_days_from_monday());
    if whole {
        return Some(exact(monday.checked_sub_days(Days::new(7))?.checked_add_days(Days::new(offset))?));
    }
    Some(exact((1..=7).filter_map(|back| today.checked_sub_days(Days::new(back))).find(|date| date.weekday() == day)?))
}

/// `this week friday`, `vrijdag deze week`, `dinsdag over twee weken`, `tuesday in 2 weeks`, `sunday last week`.
pub(super) fn this_week(cursor: &mut Cursor<'_>, writer: Writer) -> Option<Read> {
    let monday = writer.reader.today.week(Weekday::Mon).first_day();
    let mut ahead = *cursor;
    if ahead.eat(&["this", "deze"]) && ahead.eat(&["week"]) {
        ahead.eat(&["on", "op"]);
        let day = ahead.eat_known(weekday)?;
        *cursor = ahead;
        return Some(exact(monday.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))?));
    }
    cursor.eat(&["on", "op"]);
    let day = cursor.eat_known(|word| weekday(word).or_else(|| short_weekday(word)))?;
    let offset = Days::new(u64::from(day.num_days_from_monday()));
    if cursor.eat(&["this", "deze"]) && cursor.eat(&["week"]) {
        return Some(exact(monday.checked_add_days(offset)?));
    }
    if cursor.eat(&["last", "vorige"]) && cursor.eat(&["week"]) {
        return Some(exact(monday.checked_sub_days(Days::new(7))?.checked_add_days(offset)?));
    }
    cursor.eat(&["in", "over"]).then_some(())?;
    let weeks = count(cursor).filter(|weeks| (1..=52).contains(weeks))?;
    cursor.eat(&["week", "weeks", "weken"]).then_some(())?;
    Some(exact(monday.checked_add_days(Days::new(u64::from(weeks) * 7))?.checked_add_days(offset)?))
}
