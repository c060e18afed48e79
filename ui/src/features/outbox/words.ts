// The outbox in words: what an item does, what it waits for, what is wrong with it and how to mend it.

import type { FieldValue, NeedsYou, OutboxItem, OutboxState, OutboxWhat, WaitReason } from "../../host";
import { listed, moment } from "../../i18n/format";
import { t, type MessageKey } from "../../i18n/messages.svelte";
import type { GroupId } from "../../state/outbox.svelte";
import { providerName } from "../errors/presentation";

export const groupTitles: Record<GroupId, MessageKey> = {
  needsYou: "outbox-needs-you",
  held: "outbox-held",
  sending: "outbox-sending",
  waiting: "outbox-waiting",
  sent: "outbox-sent",
  discarded: "outbox-discarded-group",
};

const kinds: Record<OutboxWhat, MessageKey> = {
  createMeeting: "outbox-create-meeting",
  createEvent: "outbox-create-event",
  updateEvent: "outbox-update-event",
  deleteEvent: "outbox-delete-event",
};

export function whatWords(item: OutboxItem): string {
  return t(kinds[item.what]);
}

const reasons: Record<WaitReason, MessageKey> = {
  turn: "wait-turn",
  network: "wait-network",
  rateLimit: "wait-rate-limit",
  signIn: "wait-sign-in",
  paused: "wait-paused",
  trouble: "wait-trouble",
  checking: "wait-checking",
  otherAccount: "wait-other-account",
};

export interface CauseWords {
  what: string;
  fix: string;
  code: string;
}

/** While nothing was made, nothing can be corrected there. */
function refusedFix(what: OutboxWhat, fields: string[]): string {
  const fresh = what === "createEvent" || what === "createMeeting";
  const about = fields.length > 0 ? `${t("cause-refused-about", { fields: listed(fields.map((name) => fieldLabel(name))) })} ` : "";
  return about + t(fresh ? "cause-refused-new-fix" : "cause-refused-fix");
}

const causes: { [K in NeedsYou["kind"]]: (cause: Extract<NeedsYou, { kind: K }>, what: OutboxWhat) => CauseWords } = {
  refused: ({ message, fields, code }, what) => ({
    what: message === "" ? t("cause-refused") : message,
    fix: refusedFix(what, fields),
    code: `S-${code}`,
  }),
  recordGone: ({ name }) => ({ what: t("cause-record-gone", { name }), fix: t("cause-record-gone-fix"), code: "S-RECORD-GONE" }),
  noPermission: ({ message }) => ({
    what: message === "" ? t("cause-no-permission") : message,
    fix: t("cause-no-permission-fix"),
    code: "S-PERMISSION",
  }),
  unsure: () => ({ what: t("cause-unsure"), fix: t("cause-unsure-fix"), code: "S-UNSURE" }),
  severalMatches: () => ({ what: t("cause-several"), fix: t("cause-several-fix"), code: "S-SEVERAL" }),
  deletedThere: () => ({ what: t("cause-deleted"), fix: t("cause-deleted-fix"), code: "S-DELETED" }),
  interrupted: () => ({ what: t("cause-interrupted"), fix: t("cause-interrupted-fix"), code: "Z-INTERRUPTED" }),
  unreadable: () => ({ what: t("cause-unreadable"), fix: t("cause-unreadable-fix"), code: "O-UNREADABLE" }),
};

export function causeWords(cause: NeedsYou, { what }: Pick<OutboxItem, "what">): CauseWords {
  return causes[cause.kind](cause as never, what);
}

export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** One line: where it stands and why. */
export function stateWords(item: OutboxItem, now: number): string {
  const state: OutboxState = item.state;
  switch (state.kind) {
    case "held": {
      const seconds = secondsLeft(state.until, now);
      return seconds > 0 ? t("outbox-sends-in", { seconds }) : t("wait-turn");
    }
    case "waiting": {
      const reason = t(reasons[state.reason], { provider: providerName(item.provider) });
      return state.until === null ? reason : `${reason} ${t("wait-until", { time: moment(state.until, now) })}`;
    }
    case "sending":
      return t("outbox-sending-now");
    case "sent":
      return t("outbox-sent-at", { time: moment(state.at, now) });
    case "needsYou":
      return causeWords(state.cause, item).what;
    case "discarded":
      return t("outbox-discarded-at", { time: moment(state.at, now) });
  }
}

const labels: Record<string, MessageKey> = {
  Subject: "field-subject",
  StartDateTime: "field-start",
  EndDateTime: "field-end",
  DurationInMinutes: "field-duration",
  ActivityDateTime: "field-start",
  WhoId: "field-who",
  WhatId: "field-what",
  OwnerId: "field-owner",
  Location: "field-location",
  Description: "field-description",
  ShowAs: "field-show-as",
  Type: "field-type",
  IsAllDayEvent: "field-all-day",
  Liaison_Key__c: "field-key",
};

/** A field's own name where we have no better word. */
export function fieldLabel(name: string): string {
  const key = labels[name];
  return key ? t(key) : name;
}

export function fieldText(field: FieldValue, now: number): string {
  switch (field.value.kind) {
    case "text":
      return field.value.text;
    case "time":
      return moment(field.value.at, now);
    case "masked":
      return t("field-masked");
  }
}
