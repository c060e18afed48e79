// Every room in the states that have most to say, for tests that look at all of them.

import { expect } from "vitest";
import { calls } from "../state/calls.svelte";
import { pastMeetings } from "../state/pastMeetings.svelte";
import { people } from "../state/people.svelte";
import { router, type SettingsPart } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { today } from "../state/today.svelte";
import { webinars } from "../state/webinars.svelte";
import { openLeadSheet } from "./leadSheet";
import { key, type, until, type Opened } from "./open";

const row = (app: Opened, testid: string, id?: string) =>
  until(() => {
    const found = app.all(testid).find((one) => id === undefined || one.dataset["id"] === id);
    if (!found) throw new Error(`no ${testid} ${id ?? ""}`);
    return found;
  });

async function call(app: Opened, id: string, view?: string): Promise<void> {
  await app.user.click(await app.find("nav-calls"));
  if (view) await app.user.click(await app.find(`calls-view-${view}`));
  (await row(app, "call-row", id)).focus();
  await until(() => expect(calls.detail.data?.row.id).toBe(id));
}

async function lead(app: Opened): Promise<void> {
  await app.user.click(await app.find("nav-calls"));
  await openLeadSheet(app);
  await app.find("lead-LastName");
}

async function webinar(app: Opened, id: string, tab?: string): Promise<void> {
  await app.user.click(await app.find("nav-webinars"));
  if (id === "w-q4") await app.user.click(await app.find("webinars-view-past"));
  (await row(app, "webinar-row", id)).focus();
  key("Enter");
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  if (tab) await app.user.click(await app.find(`webinar-tab-${tab}`));
}

const settings = (part: SettingsPart) => async (app: Opened) => {
  router.openSettings(part);
  await app.find("settings-search");
};

export type State = readonly [name: string, query: string, open: (app: Opened) => Promise<unknown>];

export const states: readonly State[] = [
  ["calls to link, one of two people", "", (app) => call(app, "call-1")],
  ["a spam call", "", (app) => call(app, "call-5")],
  ["a call with a recording", "", (app) => call(app, "call-4", "all")],
  ["a voicemail", "", (app) => call(app, "call-6", "all")],
  ["calls that were linked later", "calls=late", async (app) => (await app.user.click(await app.find("nav-calls")), app.find("calls-late"))],
  ["calls without a licence", "calls=noLicence", async (app) => (await app.user.click(await app.find("nav-calls")), app.find("calls-access"))],
  ["calls without the scope", "calls=missingScope", async (app) => (await app.user.click(await app.find("nav-calls")), app.find("calls-access"))],
  ["the ledger with a gap", "calls=filling", async (app) => (await app.user.click(await app.find("nav-calls")), await app.user.click(await app.find("calls-view-ledger")), app.find("ledger"))],
  ["a new lead", "", lead],
  [
    "a new lead that would be a second one",
    "",
    async (app) => {
      await lead(app);
      await type(app, "lead-LastName", "Maya Okafor");
      await type(app, "lead-Company", "Windmill");
      await app.user.click(await app.find("lead-make"));
      await app.find("doubles");
      await until(() => expect(document.activeElement).toBe(app.at("double-use")));
    },
  ],
  ["a next step", "", async (app) => (await call(app, "call-0", "all"), key("r"), app.find("next-sheet"))],
  ["what is due", "", async (app) => (await app.user.click(await app.find("nav-calls")), await app.user.click(await app.find("calls-due")), app.find("due-task"))],
  ["webinars to come", "", async (app) => (await app.user.click(await app.find("nav-webinars")), row(app, "webinar-row"))],
  ["webinars without a licence", "webinars=noLicence", async (app) => (await app.user.click(await app.find("nav-webinars")), app.find("webinars-access"))],
  ["a new webinar", "", async (app) => (await app.user.click(await app.find("nav-webinars")), await app.user.click(await app.find("webinar-new")), app.find("webinar-topic"))],
  ["registrants", "", async (app) => (await webinar(app, "w-q1"), row(app, "registrant-row"))],
  ["the panel", "", async (app) => (await webinar(app, "w-q1", "panelists"), app.find("panelist-copy"))],
  ["questions of the form", "", async (app) => (await webinar(app, "w-q1", "questions"), app.find("question-title"))],
  ["who came", "", async (app) => (await webinar(app, "w-q4", "attendance"), row(app, "attendance-row"))],
  ["what a webinar left", "", async (app) => (await webinar(app, "w-q4", "left"), app.find("left-polls"))],
  [
    "a check before registering",
    "",
    async (app) => {
      await webinar(app, "w-q1");
      await app.user.click(await app.find("webinar-add-people"));
      await app.user.click(await app.find("pick-pasted"));
      await type(app, "pick-text", "Freja Lindqvist <freja@else.example>\nnobody@nowhere\nJan One <twin@firma.example>\nJan Two <twin@firma.example>\nplain@firma.example");
      await app.user.click(await app.find("register-to-check"));
      await app.find("check-sameEmail");
    },
  ],
  [
    "a campaign before it is written",
    "",
    async (app) => (await webinar(app, "w-q1"), await app.user.click(await app.find("webinar-more")), await app.user.click(await app.find("menu-webinar-campaign")), await app.gone("menu-webinar-campaign"), app.find("campaign-plan")),
  ],
  ["people", "people=few", async (app) => (await app.user.click(await app.find("nav-people")), (await row(app, "person-row")).focus(), app.find("person-timeline"))],
  ["nobody", "people=none", async (app) => app.user.click(await app.find("nav-people"))],
  [
    "what became of a meeting",
    "",
    async (app) => {
      await app.find("day-list");
      today.look("past");
      await app.find("past-list");
      pastMeetings.selected = "m12";
      router.inspect(true);
      await app.find("meeting-recordings");
    },
  ],
  ["differences", "differences=some", async (app) => (await app.user.click(await app.find("today-view-differences")), app.find("difference"))],
  ["options, templates and topics of a meeting", "options=locked", async (app) => (await app.user.click(await app.find("schedule-open")), await app.find("schedule-topic"), (await app.host.searchPeople("anna", 1)).forEach((hit) => schedule.choose(hit)), await app.user.click(await app.find("schedule-more")), await app.user.click(await app.find("schedule-about-ask")), await app.find("schedule-about"), await app.user.click(await app.find("template-keep")), await app.find("template-name"))],
  [
    "somebody on another clock",
    "",
    async (app) => {
      await app.user.click(await app.find("schedule-open"));
      await app.find("schedule-topic");
      schedule.change({ people: ["Contact:003F"] });
      await app.find("schedule-their-clock");
    },
  ],
  [
    "what is open with somebody",
    "people=few",
    async (app) => {
      await app.user.click(await app.find("nav-people"));
      await row(app, "person-row");
      people.selected = "Contact:003A";
      router.inspect(true);
      await app.user.click(await app.find("person-topic-ask"));
      await app.find("person-topic");
    },
  ],
  ["a meeting that repeats", "", async (app) => (await app.user.click(await app.find("schedule-open")), await app.find("schedule-topic"), await app.user.selectOptions(await app.find("schedule-repeats"), "weekly"), expect(schedule.draft?.repeats).not.toBeNull())],
  ["the shortcuts", "", async (app) => (key("?"), app.find("shortcuts-anywhere"))],
  ...(["appearance", "accounts", "meetings", "reminders", "background", "calls", "people", "privacy", "shortcuts", "about"] as const).map((part): State => [`the settings: ${part}`, "scenario=real", settings(part)]),
];
