// What became of a meeting, by keyboard alone: who came, a guess that is answered, a recording, and the list of past meetings.

import { describe, expect, it } from "vitest";
import { pastMeetings } from "../state/pastMeetings.svelte";
import { router } from "../state/router.svelte";
import { today } from "../state/today.svelte";
import { openApp, until, type Opened } from "./open";

/** Without the marks that keep directions apart. */
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u2066-\u2069]/gu, "");

async function past(app: Opened): Promise<string> {
  await app.find("day-list");
  const { rows } = await app.host.listPastMeetings("", 0, 50);
  const row = rows.find((one) => one.row.people.length > 0 && one.recorded)?.row;
  if (!row) throw new Error("no meeting is over");
  today.look("past");
  await app.find("past-list");
  pastMeetings.selected = row.id;
  router.inspect(true);
  await app.find("meeting-after");
  return row.id;
}

describe("What became of a meeting", () => {
  it("says who came and when it was held", async () => {
    const app = await openApp();
    await past(app);
    expect(plain((await app.find("meeting-held")).textContent)).toMatch(/^Held .+ min$/u);
    expect(app.all("after-person").map((element) => element.dataset["part"])).toContain("guest");
    expect(plain((await app.find("meeting-after")).textContent)).toContain("Who came: ");
  });

  it("asks about a guess, and takes the answer back", async () => {
    const app = await openApp();
    await past(app);
    (await app.find("after-yes")).click();
    await until(() => expect(app.host.journal.some((entry) => entry.startsWith("guest name:meeting room is "))).toBe(true));
    await until(() => expect(app.all("after-guess")).toHaveLength(0));
    (await app.find("after-take-back")).click();
    await app.find("after-guess");
  });

  it("takes back that a guess was wrong", async () => {
    const app = await openApp();
    await past(app);
    (await app.find("after-no")).click();
    await until(() => expect(app.all("after-guess")).toHaveLength(0));
    expect(plain((await app.find("meeting-after")).textContent)).toContain("You said that it is not ");
    (await app.find("after-take-back")).click();
    await app.find("after-guess");
    expect(app.at("after-take-back")).toBeNull();
  });

  it("opens a recording in Zoom, and copies its passcode", async () => {
    const app = await openApp();
    const id = await past(app);
    const recordings = await app.find("meeting-recordings");
    recordings.querySelector<HTMLElement>("li button")?.click();
    await until(() => expect(app.host.journal).toContain(`recording ${id}:video`));
    (await app.find("recording-passcode")).click();
    await until(() => expect(app.host.journal).toContain(`recording passcode ${id}`));
    expect(plain(recordings.textContent)).toContain("Deleted in 12 days");
  });

  it("lists what is over, and finds it by who took part", async () => {
    const app = await openApp();
    await app.find("day-list");
    today.look("past");
    await app.find("past-list");
    await until(() => expect(app.all("past-row").length).toBeGreaterThan(0));
    const all = app.all("past-row").length;
    const name = plain(app.all("past-row")[0]?.textContent);
    expect(name).not.toBe("");
    pastMeetings.search("nobody of this name");
    await until(() => expect(app.all("past-row")).toHaveLength(0));
    pastMeetings.search("");
    await until(() => expect(app.all("past-row")).toHaveLength(all));
  });
});
