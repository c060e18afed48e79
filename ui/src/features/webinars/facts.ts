// A webinar's and a registrant's figures as labels and values.

import type { RegistrantRow, WebinarDetail } from "../../host";
import { clockTime, isoDay, listed, minutesLong, moment, number, writtenDate, zoneCity } from "../../i18n/format";
import { t, type MessageKey } from "../../i18n/messages.svelte";
import type { Fact } from "../../kit/facts";
import { audioWords, hostsWords, languageName, mailDayWords, recordingWords, reminderWords, switched } from "./settingWords";
import { approvals, fieldWords, shortWhen, throughWords, whenOf } from "./words";

function fact(id: string, label: MessageKey, value: string | null | undefined | false, note?: string): Fact[] {
  return value ? [{ id, label: t(label), value, ...(note ? { note } : {}) }] : [];
}

/** When and where. */
export function planOf(detail: WebinarDetail): Fact[] {
  const { row } = detail;
  const zone = row.timezone ? zoneCity(row.timezone) : undefined;
  return [
    ...fact("when", "webinar-when", whenOf(row), zone),
    ...fact("length", "schedule-minutes", minutesLong(row.minutes)),
    ...fact("dates", "webinar-dates", detail.dates.length > 1 && listed(detail.dates.map(({ start }) => shortWhen(start)))),
    ...fact("number", "webinar-number", detail.number),
    ...fact("host", "webinar-host", detail.hostEmail),
    ...fact("created", "webinar-made", detail.created !== null && writtenDate(isoDay(detail.created))),
  ];
}

/** What is copied instead of shown. */
export function linksOf(detail: WebinarDetail): Fact[] {
  const masked = t("masked");
  return [
    ...(detail.hasJoinLink ? [{ id: "joinLink", label: t("webinar-join-link"), value: masked, masked: true, copies: true }] : []),
    ...(detail.registrationUrl ? [{ id: "registrationLink", label: t("webinar-registration-link"), value: detail.registrationUrl, copies: true }] : []),
    ...(detail.hasPasscode ? [{ id: "passcode", label: t("webinar-passcode"), value: masked, masked: true, copies: true }] : []),
  ];
}

/** What the host set. */
export function settingsOf({ row, settings }: WebinarDetail): Fact[] {
  return [
    ...fact("approval", "webinar-approval", t(approvals[row.approval])),
    ...fact("limit", "webinar-limit", (settings.registrantsLimit ?? 0) > 0 && number(settings.registrantsLimit ?? 0)),
    ...fact("close", "setting-close-registration", switched(settings.closeRegistration)),
    ...fact("devices", "setting-multiple-devices", switched(settings.multipleDevices)),
    ...fact("hostVideo", "setting-host-video", switched(settings.hostVideo)),
    ...fact("panelistsVideo", "setting-panelists-video", switched(settings.panelistsVideo)),
    ...fact("practice", "setting-practice", switched(settings.practiceSession)),
    ...fact("questions", "setting-questions", switched(settings.questionAndAnswer)),
    ...fact("onDemand", "setting-on-demand", switched(settings.onDemand)),
    ...fact("recording", "setting-recording", recordingWords(settings.recording)),
    ...fact("audio", "setting-audio", audioWords(settings.audio)),
    ...fact("share", "setting-share", switched(settings.shareButtons)),
    ...fact("invite", "setting-invite-panelists", switched(settings.invitePanelists)),
    ...fact("survey", "setting-survey", switched(settings.survey)),
    ...fact("surveyPage", "setting-survey-page", settings.surveyUrl),
    ...fact("signIn", "setting-sign-in", switched(settings.signInRequired)),
    ...fact("confirmation", "setting-confirmation", switched(settings.confirmationMail)),
    ...fact("notify", "setting-notify", switched(settings.notifyRegistrants)),
    ...fact("reminder", "setting-reminder", reminderWords(settings.reminder)),
    ...fact("thanks", "setting-thanks", mailDayWords(settings.thanks)),
    ...fact("missed", "setting-missed", mailDayWords(settings.missed)),
    ...fact("language", "setting-mail-language", settings.mailLanguage && languageName(settings.mailLanguage)),
    ...fact("alternative", "setting-alternative-hosts", hostsWords(settings.alternativeHosts)),
    ...fact("contact", "setting-contact", [settings.contactName, settings.contactEmail].filter(Boolean).join(", ")),
  ];
}

/** How it really was, as far as Zoom tells a host. */
export function actualOf({ row, instances }: WebinarDetail): Fact[] {
  const starts = instances.flatMap(({ started, firstJoin }) => started ?? firstJoin ?? []);
  const ends = instances.flatMap(({ lastLeave }) => lastLeave ?? []);
  if (starts.length === 0) return [];
  return [
    ...fact("start", "actual-start", shortWhen(Math.min(...starts))),
    ...fact("end", "actual-end", ends.length > 0 && clockTime(Math.max(...ends)), t("actual-derived")),
    ...fact("people", "actual-people", row.attended !== null && number(row.attended)),
    ...fact("times", "actual-times", instances.length > 1 && t("actual-instances", { count: instances.length, shown: number(instances.length) })),
  ];
}

/** A registrant's own answers come after what Zoom knows of everybody. */
export function registrantOf(row: RegistrantRow, now: number): Fact[] {
  return [
    ...fact("first", "form-first-name", row.firstName),
    ...fact("last", "form-last-name", row.lastName),
    ...(row.email ? [{ id: "email", label: t("form-email"), value: row.email, copies: true }] : []),
    ...fact("at", "registered-at", row.registered !== null && moment(row.registered, now)),
    ...fact("through", "registered-through", throughWords(row)),
    ...fact("id", "registrant-id", row.registrantId),
  ];
}

export function answersOf({ answers }: RegistrantRow): Fact[] {
  return answers.filter(({ value }) => value !== "").map(({ field, custom, value }) => ({ id: field, label: fieldWords(field, custom), value }));
}

