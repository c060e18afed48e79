// The settings of a webinar as words, wherever one of them is shown: its facts, its sheet, and two sides that differ.

import { listed, number } from "../../i18n/format";
import { earlyWords } from "../schedule/optionWords";
import { catalogue, t, type MessageKey } from "../../i18n/messages.svelte";

export const recordings = ["none", "local", "cloud"] as const;
const recordingKeys: Record<string, MessageKey> = { none: "recording-none", local: "recording-local", cloud: "recording-cloud" };

export const audios: readonly [string, MessageKey][] = [
  ["both", "audio-both"],
  ["voip", "audio-computer"],
  ["telephony", "audio-telephone"],
  ["thirdParty", "audio-third-party"],
];
const audioKeys: Record<string, MessageKey> = Object.fromEntries(audios);

/** The languages of Zoom's mail, in Zoom's spelling. */
export const mailLanguages = ["en-US", "nl-NL", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-PT", "pl-PL", "tr-TR", "ru-RU", "id-ID", "vi-VN", "jp-JP", "ko-KO", "zh-CN", "zh-TW"] as const;
const spelt: Record<string, string> = { "jp-JP": "ja-JP", "ko-KO": "ko-KR" };

/** When Zoom reminds everybody: each of these is there or not. */
export const reminders: readonly [number, MessageKey][] = [
  [1, "reminder-hour"],
  [2, "reminder-day"],
  [4, "reminder-week"],
];
/** How many days after the end Zoom writes again. */
export const mailDays = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export const switched = (on: boolean | undefined) => t(on ? "on" : "off");

function known(keys: Record<string, MessageKey>, word: string | undefined): string {
  const key = keys[word ?? ""];
  return key ? t(key) : (word ?? "");
}

export const recordingWords = (recording: string | undefined) => known(recordingKeys, recording);
export const audioWords = (audio: string | undefined) => known(audioKeys, audio);

export function languageName(tag: string): string {
  return new Intl.DisplayNames([catalogue.language], { type: "language" }).of(spelt[tag] ?? tag) ?? tag;
}

export function reminderWords(plan: number | undefined): string {
  const wanted = reminders.filter(([bit]) => ((plan ?? 0) & bit) !== 0).map(([, key]) => t(key));
  return wanted.length > 0 ? listed(wanted) : t("off");
}

export function mailDayWords(days: number | undefined): string {
  return days ? t("mail-days-after", { count: days, shown: number(days) }) : t("off");
}

export function hostsWords(hosts: string | undefined): string {
  return (hosts ?? "").replaceAll(/[,;]\s*/gu, ", ");
}

const flag = (text: string) => (["true", "false"].includes(text) ? switched(text === "true") : text);
const figure = (words: (plan: number) => string) => (text: string) => (/^\d+$/u.test(text) ? words(Number(text)) : text);
const approvalKeys: Record<string, MessageKey> = { "0": "approval-automatic", "1": "approval-manual", "2": "approval-none" };
const same = (text: string) => text;

/** Settings of webinars and meetings by the names under which two sides are compared. */
const settings: Record<string, { label: MessageKey; words: (text: string) => string }> = {
  ApprovalType: { label: "webinar-approval", words: (text) => known(approvalKeys, text) },
  MultipleDevices: { label: "setting-multiple-devices", words: flag },
  CloseRegistration: { label: "setting-close-registration", words: flag },
  WaitingRoom: { label: "waiting-room", words: flag },
  JoinBeforeHost: { label: "option-early", words: earlyWords },
  ParticipantVideo: { label: "option-guest-video", words: flag },
  MuteOnEntry: { label: "option-mute", words: flag },
  Template: { label: "field-template", words: same },
  HostVideo: { label: "setting-host-video", words: flag },
  PanelistsVideo: { label: "setting-panelists-video", words: flag },
  PracticeSession: { label: "setting-practice", words: flag },
  RegistrantsLimit: { label: "webinar-limit", words: figure((limit) => (limit === 0 ? t("webinar-no-limit") : number(limit))) },
  OnDemand: { label: "setting-on-demand", words: flag },
  NotifyRegistrants: { label: "setting-notify", words: flag },
  ConfirmationMail: { label: "setting-confirmation", words: flag },
  InvitePanelists: { label: "setting-invite-panelists", words: flag },
  QuestionAndAnswer: { label: "setting-questions", words: flag },
  ShareButtons: { label: "setting-share", words: flag },
  Survey: { label: "setting-survey", words: flag },
  SignInRequired: { label: "setting-sign-in", words: flag },
  Recording: { label: "setting-recording", words: recordingWords },
  Audio: { label: "setting-audio", words: audioWords },
  AlternativeHosts: { label: "setting-alternative-hosts", words: hostsWords },
  ContactName: { label: "setting-contact", words: same },
  ContactEmail: { label: "setting-contact-email", words: same },
  MailLanguage: { label: "setting-mail-language", words: (tag) => (tag === "" ? "" : languageName(tag)) },
  ReminderMail: { label: "setting-reminder", words: figure(reminderWords) },
  FollowUpAttendees: { label: "setting-thanks", words: figure(mailDayWords) },
  FollowUpAbsentees: { label: "setting-missed", words: figure(mailDayWords) },
  SurveyUrl: { label: "setting-survey-page", words: same },
};

/** The name of a setting of a webinar; none for any other field. */
export function settingLabel(name: string): string | undefined {
  const setting = settings[name];
  return setting && t(setting.label);
}

/** What a setting of a webinar is set to; none for any other field. */
export function settingText(name: string, text: string): string | undefined {
  return settings[name]?.words(text);
}
