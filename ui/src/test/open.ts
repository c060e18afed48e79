// Opens the whole window on the simulation, as main.ts does, and gives the test its hands.

import { render } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import App from "../App.svelte";
import { rooms } from "../features/rooms";
import { useHost } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { speak } from "../i18n/messages.svelte";
import { attendance } from "../state/attendance.svelte";
import { calls } from "../state/calls.svelte";
import { campaign } from "../state/campaign.svelte";
import { closing } from "../state/closing.svelte";
import { dialling } from "../state/dialling.svelte";
import { endedCall } from "../state/endedCall.svelte";
import { restoreRooms } from "../state/leftAs.svelte";
import { meetingChanges } from "../state/meetingChanges.svelte";
import { questionsForm } from "../state/formQuestions.svelte";
import { firstSteps } from "../state/firstSteps.svelte";
import { followUps } from "../state/followUps.svelte";
import { jobs } from "../state/jobs.svelte";
import { outbox } from "../state/outbox.svelte";
import { pastMeetings } from "../state/pastMeetings.svelte";
import { people } from "../state/people.svelte";
import { quit } from "../state/quit.svelte";
import { reminders } from "../state/reminders.svelte";
import { registerSheet } from "../state/registering.svelte";
import { registrants } from "../state/registrants.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { hotkeys } from "../state/hotkeys.svelte";
import { session } from "../state/session.svelte";
import { simulation } from "../state/simulation.svelte";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { transfer } from "../state/transfer.svelte";
import { triage } from "../state/triage.svelte";
import { webinarSheet } from "../state/webinarDraft.svelte";
import { webinars } from "../state/webinars.svelte";
import { until } from "./until";

export { until };

export interface Opened {
  host: FakeHost;
  user: ReturnType<typeof userEvent.setup>;
  /** The element with this test id, when it is there. */
  at: (testid: string) => HTMLElement | null;
  all: (testid: string) => HTMLElement[];
  /** Waits until it is there. */
  find: (testid: string) => Promise<HTMLElement>;
  gone: (testid: string) => Promise<void>;
}

/** 23 November 2026, 09:18 in Amsterdam. */
export const MONDAY = "2026-11-23T08:18:00Z";

/** The window forgets what the test before did. */
export function forget(): void {
  schedule.close();
  followUps.close();
  toasts.clear();
  toasts.polite = toasts.assertive = "";
  quit.unsent = null;
  closing.asking = false;
  reminders.forget();
  transfer.close();
  for (const resource of [session, today.day, today.week, today.detail, today.nextUp, outbox, firstSteps, simulation, hotkeys]) {
    resource.close();
    resource.clear();
  }
  triage.close();
  calls.forgetAll();
  endedCall.forget();
  for (const one of [webinars, registrants, attendance, jobs]) one.forgetAll();
  for (const sheet of [registerSheet, webinarSheet, campaign]) sheet.close();
  questionsForm.discard();
  people.forgetAll();
  dialling.asking = null;
  dialling.with = "zoom";
  today.offset = 0;
  today.view = "day";
  today.weekOffset = 0;
  pastMeetings.forgetAll();
  today.selected = today.fresh = outbox.selected = outbox.group = null;
  today.choosing = false;
  today.early = outbox.asking = meetingChanges.asking = null;
  today.forget();
  Object.assign(router, { room: "today", sheet: null, setting: null, connecting: false, collapsed: false, pinned: true, peeking: false });
  speak("en");
}

/** A window; on a host that is handed in it is one that is opened again. */
export async function openApp(query = "", uiState: Record<string, string> = {}, running?: FakeHost): Promise<Opened> {
  forget();
  const host = running ?? fakeHost(`?language=en&theme=light&now=${MONDAY}&${query}`);
  for (const [key, value] of Object.entries(uiState)) await host.setUiState(key, value);
  useHost(host);
  await session.open();
  await Promise.all([router.restore(rooms.map(({ id }) => id)), restoreRooms()]);
  render(App);
  await tick();
  const at = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`);
  return {
    host,
    user: userEvent.setup(),
    at,
    all: (testid) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)],
    find: (testid) =>
      until(() => {
        const found = at(testid);
        if (!found) throw new Error(`no ${testid}`);
        return found;
      }),
    gone: (testid) =>
      until(() => {
        if (at(testid)) throw new Error(`${testid} is still there`);
      }),
  };
}

/** A key at whatever has the focus. */
export const key = (name: string, more: KeyboardEventInit = {}) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }),
  );

/** A meeting on the day of the tests, as far as it is typed. */
export async function planDemo(app: Opened): Promise<void> {
  key("c");
  await type(app, "schedule-topic", "Demo for Acme");
  await type(app, "schedule-date", "23-11-2026");
  await type(app, "schedule-time", "12");
}

/** A row of the day. */
export async function row(app: Opened, id: string): Promise<HTMLElement> {
  return until(() => {
    const found = app.all("meeting-row").find((element) => element.dataset["id"] === id);
    if (!found) throw new Error(`no row ${id}`);
    return found;
  });
}

/** Puts a text in a field in place of what is there. */
export async function type(app: Opened, testid: string, text: string): Promise<HTMLInputElement> {
  const field = (await app.find(testid)) as HTMLInputElement;
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return field;
}
