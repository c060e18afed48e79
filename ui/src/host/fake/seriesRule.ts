// How the simulated series repeat, and what another rule makes of their dates: all are made anew, as Zoom does.

import { BLANK } from "./blankDraft";
import { HostError, type AloneDate, type Changed, type Repeats, type RuleCheck, type RuleDraft, type ScheduleDraft, type SeriesRule } from "../types";
import type { Changing } from "./changes";
import { checkDraft } from "./check";
import { datesOf } from "./series";
import { dateIn, instants, timeIn } from "./time";
import { ZONE, type Meeting, type World } from "./world";

/** By what each meeting began to repeat; where it was planned, whatever it was moved to. */
const rules = new WeakMap<Meeting, { repeats: Repeats; planned: string }>();

/** The first dates of a series that the sheet made; the simulation has no more of them. */
export function repeated(first: Meeting, draft: ScheduleDraft, world: World): void {
  if (!draft.repeats) return;
  const [, ...more] = datesOf(draft.repeats, draft.date).first;
  first.recurring = true;
  rules.set(first, { repeats: draft.repeats, planned: draft.date });
  for (const [place, date] of more.entries()) {
    const next: Meeting = { ...first, id: `${first.id}:${place + 2}`, start: instants(date, draft.time, draft.zone)[0] ?? first.start, item: null };
    rules.set(next, { repeats: draft.repeats, planned: date });
    world.meetings.push(next);
  }
}

function datesTo(meeting: Meeting, world: World, now: number): Meeting[] {
  return world.meetings.filter((other) => other.recurring && other.topic === meeting.topic && other.start > now);
}

export function ruleOf(meeting: Meeting, world: World, now: number): SeriesRule {
  const coming = datesTo(meeting, world, now).filter(({ cancelled }) => !cancelled);
  const [first] = coming;
  if (!meeting.host || !first) throw new HostError({ kind: "tooLate" });
  const { repeats, planned } = rules.get(first) ?? { repeats: { rhythm: { kind: "daily" }, every: 1, end: { kind: "times", times: coming.length } } satisfies Repeats, planned: dateIn(first.start, ZONE) };
  return {
    topic: meeting.topic,
    draft: { date: planned, time: timeIn(first.start, ZONE), zone: ZONE, minutes: first.minutes, fold: null, repeats },
    coming: coming.length,
  };
}

export function checkRule(meeting: Meeting, draft: RuleDraft, at: Changing, editsLeft: number): RuleCheck {
  const { world, now } = at;
  const whole: ScheduleDraft = { ...BLANK, ...draft };
  const check = checkDraft(whole, world, now, { online: true, editsLeft, event: { kind: "sent" } });
  const dates = check.series;
  const known = datesTo(meeting, world, now);
  const coming = known.filter(({ cancelled }) => !cancelled);
  const kept = Math.min(coming.length, dates?.count ?? 0);
  const start = check.start ?? 0;
  const alone = known.flatMap((date): AloneDate[] => {
    const planned = rules.get(date)?.planned;
    const here = dateIn(date.start, ZONE);
    if (planned === undefined || (planned === here && !date.cancelled)) return [];
    const becomes = dates?.first.includes(planned) ? { date: planned, time: draft.time } : null;
    return [{ planned: { date: planned, time: draft.time }, movedTo: date.cancelled ? null : { date: here, time: timeIn(date.start, ZONE) }, becomes }];
  });
  const same = timeIn(start, ZONE) === timeIn(coming[0]?.start ?? 0, ZONE);
  return {
    issues: check.issues,
    today: check.today,
    dates: check.issues.length > 0 ? null : dates,
    same: same ? kept : 0,
    moved: same ? 0 : kept,
    added: Math.max(0, (dates?.count ?? 0) - kept),
    gone: coming.length - kept,
    alone,
    events: coming.some(({ item }) => item !== null) ? coming.length : 0,
    unchanged: alone.length === 0 && JSON.stringify(ruleOf(meeting, world, now).draft) === JSON.stringify(draft),
    editsLeft,
  };
}

export function changedRule(meeting: Meeting, draft: RuleDraft, at: Changing): Changed {
  const check = checkRule(meeting, draft, at, 0);
  if (check.issues.length > 0) throw new HostError({ kind: "invalid", issues: check.issues });
  if (check.unchanged) return { outboxItem: null, group: null };
  const item = at.outbox.add({ id: `rule-${meeting.id}`, what: "updateMeeting", title: meeting.topic, provider: "zoom" }, at.holdSeconds, () => {
    const [first, ...rest] = datesTo(meeting, at.world, at.now);
    if (!first) return;
    at.world.meetings = at.world.meetings.filter((other) => !rest.includes(other));
    first.start = instants(draft.date, draft.time, draft.zone)[0] ?? first.start;
    first.minutes = draft.minutes;
    repeated(first, { ...draft, repeats: draft.repeats } as ScheduleDraft, at.world);
  });
  return { outboxItem: item, group: null };
}
