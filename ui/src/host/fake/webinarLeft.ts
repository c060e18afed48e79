// What the simulation's webinars left behind, and the templates that webinars are begun from.

import { HostError, type LeftState, type WebinarDraft, type WebinarLeft, type WebinarTemplates } from "../types";
import type { FakeWebinar } from "./webinarWorld";

const MINUTE = 60_000;
const DAY = 86_400_000;

export function leftOf({ id, start, minutes, instances, settings, attendance }: FakeWebinar, base: number): WebinarLeft {
  const held = instances > 0 && start !== null;
  const state: LeftState = { progress: held ? "settled" : "notYet", asOf: held ? base - 40 * MINUTE : null, scope: null };
  const none: LeftState = { progress: "notOffered", asOf: null, scope: null };
  const people = attendance.filter(({ presence }) => presence === "attended");
  const [first, second] = people;
  const file = (fileType: string, shows: string, kib: number) => ({
    id: `${id}-${fileType}`,
    start,
    end: start === null ? null : start + minutes * MINUTE,
    fileType,
    shows,
    kib,
    ready: true,
    deletionDay: new Date(base + 90 * DAY).toISOString().slice(0, 10),
    canPlay: true,
    hasPasscode: true,
  });
  return {
    recordings: held ? [file("MP4", "shared_screen_with_speaker_view", 412_000), file("M4A", "audio_only", 31_000)] : [],
    recordingsState: state,
    questions: held && first ? [{ name: first.name, email: first.email, question: "When does the new catalogue come out?", answer: "In March." }, { name: "Anonymous Attendee", email: null, question: "What does delivery abroad cost?", answer: null }] : [],
    questionsState: state,
    polls: held ? [{ question: "What matters most to you?", people: 31, answers: [{ answer: "Fewer kilometres", count: 19 }, { answer: "Happier customers", count: 12 }] }] : [],
    pollsState: state,
    viewers: held && settings.onDemand && second ? [{ name: second.name, email: second.email, registered: true, person: null, first: base - 2 * DAY, times: 1, seconds: 900 }] : [],
    viewersState: settings.onDemand ? state : none,
  };
}

export class FakeTemplates {
  #own: { id: string; name: string; draft: WebinarDraft }[] = [];
  #ids = 0;

  listed(): WebinarTemplates {
    return { own: this.#own.map(({ id, name }) => ({ id, name })), zoom: [{ id: "zoom-news", name: "Product news" }], zoomKnown: true };
  }

  fill(draft: WebinarDraft, template: string): WebinarDraft {
    const kept = this.#own.find(({ id }) => id === template);
    if (!kept) throw new HostError({ kind: "gone" });
    const { topic, agenda, minutes, approval, passcode, settings } = kept.draft;
    return { ...draft, topic, agenda, minutes, approval, passcode, settings, template: null };
  }

  keep(name: string, draft: WebinarDraft): void {
    if (name.trim() === "") throw new HostError({ kind: "invalid", issues: [{ field: "note", problem: { kind: "missing" } }] });
    this.#own = [...this.#own.filter((other) => other.name !== name.trim()), { id: `template-${++this.#ids}`, name: name.trim(), draft }];
  }

  forget(template: string): void {
    this.#own = this.#own.filter(({ id }) => id !== template);
  }
}
