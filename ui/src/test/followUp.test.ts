// A next step is planned with the clock of the region: 9:00 am where people say so.

import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../i18n/messages.svelte";
import { calls } from "../state/calls.svelte";
import { key, openApp, type, until } from "./open";

/** The system's languages; the region is worked out anew with the language. */
function region(languages: readonly string[]): void {
  Object.defineProperty(navigator, "languages", { value: languages, configurable: true });
  speak("nl");
  speak("en");
}
afterEach(() => region(["en-GB"]));

async function nextStep(languages: readonly string[]) {
  region(languages);
  const app = await openApp();
  await app.user.click(await app.find("nav-calls"));
  await app.user.click(await app.find("calls-view-all"));
  const row = await until(() => {
    const found = app.all("call-row").find((one) => one.dataset["id"] === "call-0");
    if (!found) throw new Error("no call");
    return found;
  });
  row.focus();
  await until(() => expect(calls.detail.data?.row.id).toBe("call-0"));
  key("r");
  return { app, time: (await app.find("next-time")) as HTMLInputElement };
}

describe("the hour of a next step", () => {
  it("is written as the region writes it", async () => {
    expect((await nextStep(["en-US"])).time.value.replace(/\s/u, " ")).toBe("9:00 AM");
  });

  it("is written with 24 hours elsewhere", async () => {
    expect((await nextStep(["en-GB"])).time.value).toBe("09:00");
  });

  it("is read as people type it, and what says nothing is refused at its field", async () => {
    const { app } = await nextStep(["en-US"]);
    await type(app, "next-time", "half past never");
    await app.user.click(await app.find("next-plan"));
    await until(() => expect(app.at("next-time")?.getAttribute("aria-invalid")).toBe("true"));
    await type(app, "next-time", "3pm");
    await app.user.click(await app.find("next-plan"));
    await app.gone("next-sheet");
    expect(JSON.stringify((await app.host.listOutbox(null)).items)).toContain("15:00");
  });
});
