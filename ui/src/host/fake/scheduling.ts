// What the simulation says of options, templates and topics of meetings. `?options=` is one of: locked (no licence, no
// recording in the cloud), unread (the settings in Zoom can't be read).

import { HostError, type Changed, type Host, type MeetingOptions, type MeetingTemplateChoice, type OutboxItem, type ScheduleDraft, type SchedulingPresets, type Topic } from "../types";
import { TOPICS } from "./logging";
import type { FakeOutbox } from "./outbox";
import { eventFields, type Meeting } from "./world";

/** The user's settings in Zoom. */
export const PRESET: MeetingOptions = {
  joinBeforeHost: "never",
  hostVideo: true,
  participantVideo: false,
  muteOnEntry: null,
  recording: "none",
  alternativeHosts: "",
  registration: "none",
};

/** What a meeting of the simulated world is set to. */
export const SET: MeetingOptions = { ...PRESET, muteOnEntry: false };

/** None is known. */
export const NOTHING: MeetingOptions = { joinBeforeHost: null, hostVideo: null, participantVideo: null, muteOnEntry: null, recording: null, alternativeHosts: null, registration: null };

export function withTopic(fields: OutboxItem["fields"], about: Topic | null): OutboxItem["fields"] {
  return about ? [...fields, { name: "WhatId", value: { kind: "text", text: about.name } }] : fields;
}

type Kept = MeetingTemplateChoice & { draft: ScheduleDraft };

export type SchedulingCommands = Pick<
  Host,
  | "getSchedulingPresets"
  | "listMeetingTemplates"
  | "fillMeeting"
  | "keepMeetingTemplate"
  | "renameMeetingTemplate"
  | "forgetMeetingTemplate"
  | "listTopics"
  | "chooseMeetingTopic"
>;

export interface SchedulingAround {
  /** Waits, and fails where the test wants it. */
  answer: () => Promise<void>;
  online: () => boolean;
  meeting: (id: string) => Meeting;
  company: (person: string) => string | null;
  outbox: () => FakeOutbox;
  holdSeconds: () => number;
  changed: () => void;
}

function presets(wanted: string): SchedulingPresets {
  if (wanted === "unread") return { known: false, options: NOTHING, waitingRoom: null, locked: [] };
  const locked: SchedulingPresets["locked"] = [{ option: "passcode", why: "required" }];
  if (wanted === "locked") {
    locked.push({ option: "cloudRecording", why: "off" }, { option: "alternativeHosts", why: "noLicence" }, { option: "registration", why: "noLicence" });
  }
  return { known: true, options: PRESET, waitingRoom: true, locked };
}

export function schedulingCommands(wanted: string, around: SchedulingAround): SchedulingCommands {
  let own: Kept[] = [];
  let ids = 0;
  let follows = 0;
  const say = async <T>(what: () => T): Promise<T> => {
    await around.answer();
    return what();
  };
  const kept = (id: string): Kept => {
    const found = own.find((other) => other.id === id);
    if (!found) throw new HostError({ kind: "gone" });
    return found;
  };
  const named = (name: string): string => {
    if (name.trim() === "") throw new HostError({ kind: "invalid", issues: [{ field: "template", problem: { kind: "missing" } }] });
    return name.trim();
  };
  return {
    getSchedulingPresets: () => say(() => presets(wanted)),
    listMeetingTemplates: () =>
      say(() => ({
        own: own.map(({ id, name }) => ({ id, name })),
        zoom: around.online() ? [{ id: "zoom-quarterly", name: "Quarterly review" }] : [],
        zoomKnown: around.online(),
      })),
    fillMeeting: (draft, template) =>
      say(() => {
        const { topic, agenda, minutes, passcode, waitingRoom, personalMeetingId, logEvent, copyInvitation, options } = kept(template).draft;
        return { ...draft, topic, agenda, minutes, passcode, waitingRoom, personalMeetingId, logEvent, copyInvitation, options, template: null };
      }),
    keepMeetingTemplate: (name, draft) =>
      say(() => {
        own = [...own.filter((other) => other.name !== named(name)), { id: `own-${++ids}`, name: named(name), draft }];
      }),
    renameMeetingTemplate: (template, name) =>
      say(() => {
        const other = own.some((one) => one.id !== template && one.name === named(name));
        if (other) throw new HostError({ kind: "invalid", issues: [{ field: "template", problem: { kind: "duplicate", value: named(name) } }] });
        kept(template).name = named(name);
      }),
    forgetMeetingTemplate: (template) =>
      say(() => {
        kept(template);
        own = own.filter(({ id }) => id !== template);
      }),
    listTopics: ([first]) =>
      say(() => {
        if (!around.online()) throw new HostError({ kind: "offline" });
        if (!first?.startsWith("Contact:")) return [];
        const company = around.company(first);
        return [...(company ? [{ kind: "account" as const, id: "001000000000001AAA", name: company, state: null }] : []), ...TOPICS];
      }),
    chooseMeetingTopic: (id, about) =>
      say((): Changed => {
        const meeting = around.meeting(id);
        meeting.about = about;
        around.changed();
        if (!meeting.item) return { outboxItem: null, group: null };
        const fields = withTopic(eventFields(meeting.topic, meeting.start, meeting.minutes), about);
        const item = around.outbox().add({ id: `about-${++follows}`, what: "updateEvent", title: meeting.topic, fields }, around.holdSeconds());
        return { outboxItem: item, group: null };
      }),
  };
}
