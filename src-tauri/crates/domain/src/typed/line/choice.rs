//! What the spans settle between them.

use super::{Meaning, Span, Writer};

/// One day, one time, one length: a second one is asked about or stays in the topic, and what could be a time or a
/// length is what is still missing.
pub(super) fn settle(spans: &mut Vec<Span>, writer: Writer) {
    time_or_length(spans);
    only(spans, |meaning| matches!(meaning, Meaning::Date(_) | Meaning::Moment(_)));
    only(spans, |meaning| matches!(meaning, Meaning::Time(_) | Meaning::Moment(_)));
    only(spans, |meaning| matches!(meaning, Meaning::Length(_)));
    only(spans, |meaning| matches!(meaning, Meaning::Zone { .. }));
    only(spans, |meaning| matches!(meaning, Meaning::Recurrence(_)));
    past_today(spans, writer);
}

fn time_or_length(spans: &mut [Span]) {
    let sure = |wanted: fn(&Meaning) -> bool| {
        move |span: &Span| wanted(&span.meaning) && span.other.as_ref().is_none_or(wanted)
    };
    let is_time: fn(&Meaning) -> bool = |meaning| matches!(meaning, Meaning::Time(_));
    let is_length: fn(&Meaning) -> bool = |meaning| matches!(meaning, Meaning::Length(_));
    let has_time =
        spans.iter().any(sure(is_time)) || spans.iter().any(|span| matches!(span.meaning, Meaning::Moment(_)));
    let has_length = spans.iter().any(sure(is_length));
    for span in spans {
        let Some(other) = span.other.clone() else { continue };
        let both = (is_time(&span.meaning) && is_length(&other)) || (is_length(&span.meaning) && is_time(&other));
        if !both || has_time == has_length {
            continue;
        }
        let wanted = if has_time { is_length } else { is_time };
        if !wanted(&span.meaning) {
            span.meaning = other;
        }
        span.other = None;
    }
}

/// Keeps the first of a kind. A second one that says something else makes a question of the first.
fn only(spans: &mut Vec<Span>, kind: fn(&Meaning) -> bool) {
    let Some(first) = spans.iter().position(|span| kind(&span.meaning)) else { return };
    let mut at = first + 1;
    while at < spans.len() {
        if !kind(&spans[at].meaning) {
            at += 1;
            continue;
        }
        let second = spans.remove(at);
        let kept = &mut spans[first];
        if second.meaning != kept.meaning && kept.other.is_none() {
            kept.other = Some(second.meaning);
        }
    }
}

/// «today 9» in the afternoon can't be the morning.
fn past_today(spans: &mut [Span], writer: Writer) {
    let today = spans.iter().any(|span| span.meaning == Meaning::Date(writer.now.date()) && span.other.is_none());
    if !today {
        return;
    }
    for span in spans {
        let Some(Meaning::Time(other)) = span.other else { continue };
        if let Meaning::Time(time) = span.meaning
            && time <= writer.now.time()
            && other > writer.now.time()
        {
            span.meaning = Meaning::Time(other);
            span.other = Some(Meaning::Time(time));
        }
    }
}
