// The commands of the room Webinars on the simulation.

import { HostError, type Commands, type FollowUpAsk, type FollowUpDoes, type FollowUpPlan } from "../types";
import { campaignCommands } from "./campaigns";
import { FakeRegistering, readFile } from "./registering";
import type { FakeLeads, Guest } from "./leads";
import { leftOf } from "./webinarLeft";
import type { FakeWebinars } from "./webinars";

/** The commands of the room Webinars. */
export type WebinarCommands = Pick<
  Commands,
  | "searchCampaigns"
  | "startCampaign"
  | "planCampaign"
  | "runCampaign"
  | "getWebinarLeadSheet"
  | "planWebinarFollowUps"
  | "followUpAbsentees"
  | "listWebinars"
  | "getWebinar"
  | "listRegistrants"
  | "listAttendance"
  | "checkRegistration"
  | "listRegistrationResults"
  | "getPinnedWebinar"
  | "checkWebinar"
  | "readPeopleFile"
  | "newWebinar"
  | "editWebinar"
  | "registerPerson"
  | "registerPeople"
  | "decideRegistrants"
  | "addPanelists"
  | "removePanelist"
  | "createWebinar"
  | "changeWebinar"
  | "deleteWebinar"
  | "pinWebinar"
  | "startWebinar"
  | "joinWebinar"
  | "copyWebinar"
  | "copyRegistrantLink"
  | "copyPanelistLink"
  | "mailRegistrantLink"
  | "mailPanelistLink"
  | "setRegistrationQuestions"
  | "linkAttendee"
  | "exportRegistrationResults"
  | "exportRegistrants"
  | "exportAttendance"
  | "getWebinarLeft"
  | "playWebinarRecording"
  | "copyWebinarPasscode"
  | "listWebinarTemplates"
  | "fillWebinar"
  | "keepWebinarTemplate"
  | "forgetWebinarTemplate"
  | "refreshWebinar"
  | "copyRegistrationResults"
  | "copyRegistrants"
  | "copyAttendance"
  | "copyRegistrantAddresses"
>;

/** `answer` waits, and fails where the test wants it. */
export function webinarCommands(webinars: FakeWebinars, leads: FakeLeads, answer: (ms?: number) => Promise<void>): WebinarCommands {
  const registering = new FakeRegistering(webinars);
  /** The answer, once the simulation is ready to give one. */
  const say = async <T>(what: () => T): Promise<T> => {
    await answer();
    return what();
  };
  const noted = (line: () => string) => say(() => webinars.around.note(line()));
  /** How many lines of a table went to the clipboard. */
  const copied = (what: string, total: () => number) =>
    say(() => {
      webinars.around.note(`copy ${what} ${total()}`);
      return total();
    });
  /** How many lines of a table went to a file. */
  const saved = (name: string, total: () => number) =>
    say((): number | null => {
      webinars.around.note(`save ${name} ${total()}`);
      return total();
    });
  return {
    listWebinars: (filter, offset, limit) => say(() => webinars.list(filter, offset, limit)),
    getWebinar: (id) => say(() => webinars.detail(id)),
    listRegistrants: (webinar, filter, offset, limit) => say(() => webinars.registrants(webinar, filter, offset, limit)),
    listAttendance: (webinar, filter, offset, limit) => say(() => webinars.attendance(webinar, filter, offset, limit)),
    checkRegistration: (ask, sort, offset, limit) => say(() => registering.check(ask, sort, offset, limit)),
    listRegistrationResults: (group, offset, limit) => say(() => registering.results(group, offset, limit)),
    getPinnedWebinar: () => say(() => webinars.pinnedOne()),
    checkWebinar: (draft) => say(() => webinars.check(draft)),
    readPeopleFile: (_, bytes, meanings) => say(() => readFile(bytes, meanings)),
    newWebinar: () => say(() => webinars.newDraft()),
    editWebinar: (id) => say(() => webinars.draftOf(id)),
    registerPerson: (person, webinar) => say(() => registering.one(person, webinar)),
    registerPeople: (ask) => say(() => registering.register(ask)),
    decideRegistrants: (webinar, registrants, decision) => say(() => webinars.decide(webinar, registrants, decision)),
    addPanelists: (webinar, people) => say(() => webinars.addPanelists(webinar, people)),
    removePanelist: (webinar, panelist) => say(() => webinars.removePanelist(webinar, panelist)),
    createWebinar: (draft) => say(() => webinars.create(draft)),
    changeWebinar: (id, draft) => say(() => webinars.change(id, draft)),
    deleteWebinar: (id) => say(() => webinars.remove(id)),
    pinWebinar: (id) =>
      say(() => {
        webinars.pinned = id;
        webinars.around.changed();
      }),
    startWebinar: (id) => noted(() => `start ${webinars.one(id).id}`),
    joinWebinar: (id) => noted(() => `join ${webinars.one(id).id}`),
    copyWebinar: (id, what) => noted(() => `copy ${what} ${webinars.one(id).id}`),
    copyRegistrantLink: (webinar, registrant) => noted(() => `copy link ${webinar} ${registrant}`),
    copyPanelistLink: (webinar, panelist) => noted(() => `copy link ${webinar} ${panelist}`),
    refreshWebinar: (id) => noted(() => `refresh ${id}`),
    copyRegistrationResults: (group) => copied("results", () => registering.results(group, 0, 0).total),
    copyRegistrants: (webinar, filter) => copied("registrants", () => webinars.matching(webinar, filter).length),
    copyAttendance: (webinar) => copied("attendance", () => webinars.one(webinar).attendance.length),
    copyRegistrantAddresses: (webinar, ids) =>
      say(() => {
        const chosen = webinars.one(webinar).registrants.filter(({ id }) => ids.includes(id));
        const optedOut = chosen.filter(({ person }) => webinars.person(person)?.emailOptOut === true).length;
        webinars.around.note(`copy ${chosen.length - optedOut} addresses`);
        return { copied: chosen.length - optedOut, without: 0, optedOut };
      }),
    mailRegistrantLink: (webinar, registrant) => noted(() => `mail ${webinar} ${registrant}`),
    mailPanelistLink: (webinar, panelist) => noted(() => `mail ${webinar} ${panelist}`),
    exportRegistrationResults: (group, name) => saved(name, () => registering.results(group, 0, 0).total),
    exportRegistrants: (webinar, filter, name) => saved(name, () => webinars.matching(webinar, filter).length),
    getWebinarLeft: (webinar) => say(() => leftOf(webinars.one(webinar), webinars.base)),
    playWebinarRecording: (_, recording) => noted(() => `play ${recording}`),
    copyWebinarPasscode: (_, recording) => noted(() => `copy passcode ${recording}`),
    listWebinarTemplates: () => say(() => webinars.templates.listed()),
    fillWebinar: (draft, template) => say(() => webinars.templates.fill(draft, template)),
    keepWebinarTemplate: (name, draft) => say(() => webinars.templates.keep(name, draft)),
    forgetWebinarTemplate: (template) => say(() => webinars.templates.forget(template)),
    exportAttendance: (webinar, name) => saved(name, () => webinars.one(webinar).attendance.length),
    setRegistrationQuestions: (webinar, questions) => say(() => webinars.setQuestions(webinar, questions)),
    linkAttendee: (webinar, attendee, person) => say(() => webinars.linkAttendee(webinar, attendee, person)),
    getWebinarLeadSheet: (webinar, who) => say(() => leads.sheetFor(guestOf(webinars, webinar, who))),
    planWebinarFollowUps: (ask) => say(() => followUpPlan(webinars, ask)),
    followUpAbsentees: (ask) =>
      say(() => {
        const { create } = followUpPlan(webinars, ask);
        if (ask.task.subject.trim() === "") throw new HostError({ kind: "invalid", issues: [{ field: "topic", problem: { kind: "missing" } }] });
        if (create === 0) throw new HostError({ kind: "tooLate" });
        webinars.around.note(`follow up ${create} on ${ask.task.day}: ${ask.task.subject}`);
        const items = Array.from({ length: create }, () => webinars.line("createTask", ask.task.subject, () => undefined));
        const group = create > 1 ? `follow-up-${ask.webinar}-${webinars.around.now()}` : null;
        if (group) webinars.around.outbox.groups.begin(group, "followUp", items, webinars.one(ask.webinar).topic);
        return { item: group ? null : (items[0] ?? null), group, people: create };
      }),
    ...campaignCommands(webinars, answer),
  };
}

/** Somebody of a webinar, by their id in one of its lists, while nobody in Salesforce has their address. */
function guestOf(webinars: FakeWebinars, webinar: string, who: string): Guest {
  const { registrants, attendance } = webinars.one(webinar);
  const registered = registrants.find(({ id }) => id === who);
  const came = attendance.find(({ id }) => id === who);
  if (!registered && !came) throw new HostError({ kind: "gone" });
  if ((registered ? webinars.person(registered.person) : came?.person) != null) throw new HostError({ kind: "tooLate" });
  const [firstName = "", ...rest] = (came?.name ?? "").split(" ");
  return {
    firstName: registered?.firstName ?? firstName,
    lastName: registered?.lastName ?? rest.join(" "),
    email: registered?.email ?? came?.email ?? "",
    arrived: (person) => {
      if (registered) registered.person = person;
      if (came) came.person = webinars.person(person);
      webinars.around.changed();
    },
  };
}

/** Those who stayed away, with what becomes of each. */
function followUpPlan(webinars: FakeWebinars, { webinar, leftOut }: FollowUpAsk): FollowUpPlan {
  const rows = webinars
    .attendance(webinar, { presence: "absent", query: "" }, 0, 200)
    .rows.map(({ id, registrant, name, email, person }) => {
      const key = registrant ?? id;
      const does: FollowUpDoes = person === null ? "unknown" : leftOut.includes(key) ? "leftOut" : "create";
      return { registrant: key, name, email: email ?? "", person, does };
    });
  const count = (kind: FollowUpDoes) => rows.filter(({ does }) => does === kind).length;
  return { create: count("create"), there: 0, unknown: count("unknown"), total: rows.length, rows };
}
