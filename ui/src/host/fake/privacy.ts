// What is kept, as the engine tells it.

import type { PrivacyItem } from "../types";

export const DATA: readonly PrivacyItem[] = [
  { data: "meetings", source: "zoom", place: "encrypted", kept: "retention" },
  { data: "meetingSecrets", source: "zoom", place: "sealed", kept: "retention" },
  { data: "busy", source: "salesforce", place: "encrypted", kept: "account" },
  { data: "people", source: "salesforce", place: "encrypted", kept: "account" },
  { data: "calls", source: "zoom", place: "encrypted", kept: "retention" },
  { data: "voicemails", source: "zoom", place: "encrypted", kept: "retention" },
  { data: "callNotes", source: "you", place: "encrypted", kept: "retention" },
  { data: "callLinks", source: "you", place: "encrypted", kept: "retention" },
  { data: "numberChoices", source: "you", place: "encrypted", kept: "erased" },
  { data: "dialled", source: "you", place: "encrypted", kept: "month" },
  { data: "webinars", source: "zoom", place: "encrypted", kept: "account" },
  { data: "webinarPeople", source: "zoom", place: "encrypted", kept: "retention" },
  { data: "registrations", source: "you", place: "encrypted", kept: "retention" },
  { data: "outbox", source: "you", place: "encrypted", kept: "erased" },
  { data: "written", source: "liaison", place: "encrypted", kept: "erased" },
  { data: "links", source: "you", place: "encrypted", kept: "retention" },
  { data: "accounts", source: "zoom", place: "encrypted", kept: "erased" },
  { data: "signIns", source: "zoom", place: "sealed", kept: "account" },
  { data: "choices", source: "you", place: "encrypted", kept: "erased" },
  { data: "progress", source: "liaison", place: "encrypted", kept: "account" },
  { data: "key", source: "liaison", place: "keychain", kept: "erased" },
  { data: "logs", source: "liaison", place: "clear", kept: "days" },
  { data: "windowPlace", source: "you", place: "clear", kept: "erased" },
];
