// What became of a meeting, in words.

import type { MayBe, MayBeWhy, MeetingAfter, RecordingFile, RoomAccess } from "../../host";
import { number, talkTime } from "../../i18n/format";
import { t, type MessageKey } from "../../i18n/messages.svelte";

/** From so many days before it, what is about to be deleted is said. */
export const SOON_DAYS = 14;

const kinds: Record<string, MessageKey> = {
  shared_screen_with_speaker_view: "recording-screen-speaker",
  "shared_screen_with_speaker_view(CC)": "recording-screen-speaker",
  shared_screen_with_gallery_view: "recording-screen-gallery",
  shared_screen: "recording-screen",
  active_speaker: "recording-speaker",
  gallery_view: "recording-gallery",
  audio_only: "recording-audio",
  audio_transcript: "recording-transcript",
  closed_caption: "recording-captions",
  chat_file: "recording-chat",
  poll: "recording-poll",
  summary: "recording-summary",
};

const types: Record<string, MessageKey> = {
  MP4: "recording-video",
  M4A: "recording-audio",
  TRANSCRIPT: "recording-transcript",
  CC: "recording-captions",
  CHAT: "recording-chat",
  CSV: "recording-poll",
  SUMMARY: "recording-summary",
};

export function kindWords(file: RecordingFile): string {
  return t(kinds[file.kind] ?? types[file.fileType] ?? "recording-file");
}

export function length(file: RecordingFile): string | null {
  return (file.fileType === "MP4" || file.fileType === "M4A") && file.seconds ? talkTime(file.seconds) : null;
}

export function size(file: RecordingFile): string | null {
  if (file.kilobytes === null) return null;
  return file.kilobytes < 1000 ? t("size-kb", { size: number(file.kilobytes) }) : t("size-mb", { size: number(Math.round(file.kilobytes / 1000)) });
}

export function stayed(seconds: number): string {
  return t("after-minutes-short", { count: Math.round(seconds / 60) });
}

const reasons: Record<MayBeWhy, MessageKey> = {
  gap: "after-may-be-gap",
  name: "after-may-be-name",
  only: "after-may-be-only",
};

export function reasonWords(guest: string, guess: MayBe): string {
  return t(reasons[guess.why], { guest, name: guess.name });
}

/** How far what is shown is; nothing once it is final. */
export function stateWords(after: MeetingAfter): string {
  if (after.access.kind !== "ready" && after.access.kind !== "unknown") return "";
  switch (after.state) {
    case "waiting":
      return t("after-waiting");
    case "notHeld":
      return t("after-not-held");
    case "neverTold":
      return t("after-never-told");
    case "provisional":
      return t("after-provisional");
    case "settled":
      return after.people.length === 0 ? t("after-nobody") : "";
  }
}

const missing = {
  people: "after-scope-people",
  recordings: "after-scope-recordings",
  summary: "after-scope-summary",
} satisfies Record<string, MessageKey>;

const refused = {
  people: "after-refused-people",
  recordings: "after-refused-recordings",
  summary: "after-refused-summary",
} satisfies Record<string, MessageKey>;

/** Why something can't be read, and who can change it; nothing where it can. */
export function accessWords(access: RoomAccess, what: keyof typeof missing): string {
  switch (access.kind) {
    case "missingScope":
      return t(missing[what], { scope: access.scope });
    case "noLicence":
    case "forbidden":
      return t(refused[what]);
    default:
      return "";
  }
}
