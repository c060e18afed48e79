// What is said of how many: before the button, after it, and of who came.

import { cleanup } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { OutboxGroup, RegistrationResults } from "../host";
import { jobs, jobSummary } from "../state/jobs.svelte";
import { registerSheet } from "../state/registering.svelte";
import { toasts } from "../state/toasts.svelte";
import { hold } from "./held";
import { key, openApp, type Opened } from "./open";
import { until } from "./until";
import { line, plain, room } from "./webinarRoom";

const bare = (text: string) => text.replace(/[\u2066-\u2069]/gu, "");

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the check", () => {
  it("tells what came twice, keeps two names of one address apart, and leaves out one of them", async () => {
    const app = await openApp();
    registerSheet.open({ id: "w-start", topic: "Getting started" });
    registerSheet.pick = "pasted";
    registerSheet.text = "Jan One <twin@firma.example>, twin@firma.example, JAN ONE <TWIN@firma.example>, Jan Two <twin@firma.example>";
    await registerSheet.toCheck();
    expect(plain(await app.find("check-doubled"))).toBe("2 addresses came again. Each counts once.");
    expect(app.at("check-sameEmail")?.dataset["count"]).toBe("2");
    await app.user.click(app.at("check-sameEmail")?.querySelector("[aria-label='Leave out: Jan Two']") as HTMLElement);
    await until(() => expect(app.at("check-ready")?.dataset["count"]).toBe("1"));
    expect(registerSheet.sorted.get("ready")?.map(({ name }) => name)).toEqual(["Jan One"]);
    registerSheet.close();
  });

  it("is asked for anew where more are ready than the button said", async () => {
    const app = await openApp();
    const known = (await app.host.searchPeople("freja", 1))[0]!;
    registerSheet.open({ id: "w-start", topic: "Getting started" }, [known]);
    await until(() => expect(registerSheet.check?.ready).toBe(1));
    const puts = vi.spyOn(app.host, "registerPeople").mockResolvedValue({ item: null, group: null, count: 0, until: null, more: 2 });
    const checks = hold(app.host, "checkRegistration");
    const said = vi.spyOn(toasts, "say");
    const going = registerSheet.go();
    await until(() => expect(checks.asked).toHaveLength(1));
    expect(puts.mock.calls[0]?.[0].said).toBe(1);
    expect(bare(said.mock.calls[0]?.[0].text ?? "")).toContain("Nobody was registered: 2 people are ready by now");
    for (let index = 0; index < checks.asked.length; index += 1) await checks.answer(index);
    await going;
    expect(registerSheet.going).toBe(false);
    expect(registerSheet.target).not.toBeNull();
    registerSheet.close();
  });
});

describe("what became of many", () => {
  const group = { total: 100, done: 100, needsYou: 0, left: 0, discarded: 0 } as OutboxGroup;
  const results: Omit<RegistrationResults, "rows"> = { total: 100, registered: 25, waitingForApproval: 5, alreadyThere: 65, cancelled: 3, denied: 2, needsYou: 0, left: 0, discarded: 0 };

  it("calls nobody registered who was there before, or is no longer", () => {
    expect(bare(jobSummary(group, results))).toBe("25 registered, 65 were there already, 3 cancelled since, 2 denied since, 5 waiting for approval");
  });

  it("claims nothing of anybody before it is known", () => {
    expect(bare(jobSummary(group, null))).toBe("100 done");
  });
});

describe("who came", () => {
  it("can't be read without the right, and the sentence for the administrator is there", async () => {
    const app = await room("webinars=noReports");
    await app.user.click(await app.find("webinars-view-past"));
    await until(() => expect(app.all("webinar-row").length).toBeGreaterThan(0));
    const id = app.all("webinar-row")[0]?.dataset["id"] ?? "";
    line(app, "webinar-row", id)?.focus();
    key("Enter");
    await app.user.click(await app.find("webinar-tab-attendance"));
    const access = await app.find("attendance-access");
    expect(plain(access)).toContain("webinar:read:list_past_participants");
    await app.find("attendance-access-copy");
  });
});

describe("a window that is opened again", () => {
  async function closedWhileItWent(people: number): Promise<{ app: Opened; group: string }> {
    const app = await openApp();
    const pasted = Array.from({ length: people }, (_, index) => `P${index} Q <p${index}@many.example>`).join("\n");
    const { group } = await app.host.registerPeople({ webinar: "w-start", pasted });
    await app.host.pauseOutboxGroup(group ?? "", true);
    await until(async () => expect(await app.host.getUiState("left")).toContain(group));
    cleanup();
    return { app, group: group ?? "" };
  }

  it("shows the registration that goes on", async () => {
    const { app } = await closedWhileItWent(3);
    const again = await openApp("", {}, app.host);
    await until(() => expect(plain(again.at("job-summary"))).toBe("3 left"));
  });

  it("tells once how one ended that nobody saw end", async () => {
    const { app, group } = await closedWhileItWent(3);
    await app.host.pauseOutboxGroup(group, false);
    await until(async () => expect((await app.host.listOutbox(null)).groups[0]?.left).toBe(0));
    const again = await openApp("", {}, app.host);
    await until(() => expect(plain(again.at("job-summary"))).toBe("3 registered"));
    expect(toasts.polite).toContain("3");
    await until(async () => expect(await again.host.getUiState("left")).toContain('"going":[]'));
    cleanup();
    const third = await openApp("", {}, app.host);
    await until(() => expect(jobs.all).toHaveLength(1));
    expect(third.at("job-panel")).toBeNull();
  });
});
