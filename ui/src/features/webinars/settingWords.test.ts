// The settings of a webinar in words, as two sides that differ show them.

import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../i18n/messages.svelte";
import { contentText, fieldLabel } from "../outbox/words";
import { mailDayWords, reminderWords } from "./settingWords";

const text = (name: string, text: string) => contentText(name, { kind: "text", text }, 0).replaceAll(/[\u2066-\u2069]/gu, "");

describe("a setting that two sides have set differently", () => {
  afterEach(() => speak("en"));

  it.each([
    ["PracticeSession", "true", "On"],
    ["HostVideo", "false", "Off"],
    ["ApprovalType", "1", "By hand"],
    ["RegistrantsLimit", "0", "No limit"],
    ["RegistrantsLimit", "1500", "1,500"],
    ["Recording", "cloud", "In the cloud"],
    ["Audio", "voip", "Computer only"],
    ["MailLanguage", "jp-JP", "Japanese (Japan)"],
    ["ReminderMail", "5", "1 hour before and 1 week before"],
    ["ReminderMail", "0", "Off"],
    ["FollowUpAttendees", "1", "1 day after"],
    ["FollowUpAbsentees", "7", "7 days after"],
    ["TimeZone", "America/New_York", "New York"],
    ["SurveyUrl", "https://survey.example/1", "https://survey.example/1"],
    // What a newer version writes stays as it is.
    ["Recording", "holographic", "holographic"],
    ["ApprovalType", "9", "9"],
  ])("tells %s %s as %s", (name, value, words) => {
    expect(text(name, value)).toBe(words);
    expect(fieldLabel(name)).not.toMatch(/[a-z][A-Z]/u);
  });

  it("is told in Dutch too", () => {
    speak("nl");
    expect(text("ReminderMail", "3")).toBe("1 uur van tevoren en 1 dag van tevoren");
    expect(mailDayWords(2)).toMatch(/2.* dagen erna/u);
    expect(reminderWords(undefined)).toBe("Uit");
  });

  it("leaves other fields and questions of forms alone", () => {
    expect(text("Subject", "true")).toBe("true");
    expect(fieldLabel("?What do you use today?")).toBe("What do you use today?");
  });
});
