// What is around the calls on the simulation: dialling, what Zoom tells later, a call that has just ended, files.

import { describe, expect, it } from "vitest";
import { endedCall } from "../state/endedCall.svelte";
import { dialling } from "../state/dialling.svelte";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { key, openApp, until } from "./open";
import { FIGURE, plain, room, chosen, all, standing } from "./callRoom";

describe("dialling", () => {
  it("shows the number and dials it with what the setting says, from the record", async () => {
    const app = await room();
    await all(app);
    await chosen(app, "call-0");
    expect(plain(await app.find("call-dial"))).toContain("Call +44 20 7946 0142");
    key("d");
    await until(() => expect(app.host.journal).toContain("dial +442079460142 Lead:00QC zoom"));
    router.openSettings("calls");
    await app.user.click(await app.find("dial-system"));
    router.sheet = null;
    await app.gone("dial-system");
    key("d");
    await until(() => expect(app.host.journal).toContain("dial +442079460142 Lead:00QC system"));
    dialling.with = "zoom";
    await dialling.restore();
    expect(dialling.with).toBe("system");
  });

  it("asks first where the person is not to be called, and the safe answer dials nothing", async () => {
    const app = await room();
    await chosen(app, "call-3");
    key("2", FIGURE(2));
    await until(async () => expect(await standing(app, "call-3")).toBe("linked"));
    await all(app);
    await chosen(app, "call-3");
    await app.user.click(await app.find("call-dial"));
    await until(() => expect(document.querySelector("[role=alertdialog]")?.textContent).toContain("Laila Haddad is not to be called"));
    await until(() => expect(document.activeElement?.textContent).toContain("Don’t call"));
    (document.activeElement as HTMLElement).click();
    await app.gone("dial-choice");
    expect(app.host.journal.filter((entry) => entry.startsWith("dial"))).toEqual([]);
  });

  it("asks for everybody who has the number where the call is nobody's", async () => {
    const app = await room();
    await dialling.begin("020 555 0100", null);
    await until(() => expect(document.querySelector("[role=alertdialog]")?.textContent).toContain("Laila Haddad has this number and is not to be called"));
    expect(app.host.journal.filter((entry) => entry.startsWith("dial"))).toEqual([]);
  });

  it("lets the user choose where a field holds several", async () => {
    const app = await room();
    await dialling.begin("020 555 0102 / 020 555 0101", null);
    await until(() => expect(app.all("dial-choice")).toHaveLength(2));
    await app.user.click(app.all("dial-choice")[1] as HTMLElement);
    await until(() => expect(app.host.journal).toContain("dial 0205550101 zoom"));
  });
});

describe("what became known later", () => {
  it("is shown as a difference: which, accepted", async () => {
    const app = await room("calls=late");
    const notice = await app.find("calls-late");
    expect(notice.textContent).toContain("3 calls were linked later");
    await app.user.click(await app.find("calls-late-show"));
    expect(plain(app.at("calls-late"))).toContain("Freja Lindqvist");
    await app.user.click(await app.find("calls-late-accept"));
    await app.gone("calls-late");
    expect(await standing(app, "call-8")).toBe("linked");
  });

  it("is taken back", async () => {
    const app = await room("calls=late");
    await app.user.click(await app.find("calls-late-undo"));
    await app.gone("calls-late");
    expect(await standing(app, "call-8")).toBe("ask");
  });
});

describe("a call that has just ended", () => {
  it("is told with who it was, and one key opens its note wherever the user is", async () => {
    const app = await openApp();
    await until(() => expect(endedCall.latest.loaded).toBe(true));
    const id = app.host.callEnds("Contact:003F", 252);
    await until(() => expect(plain(app.at("toast"))).toContain("4:12"));
    expect(plain(app.at("toast"))).toContain("CtrlShiftN");
    // In a list letters move from row to row.
    app.all("meeting-row")[0]?.querySelector<HTMLElement>("[data-roving]")?.focus();
    key("N", { ctrlKey: true, shiftKey: true });
    await until(() => expect(router.room).toBe("calls"));
    await until(() => expect(document.activeElement).toBe(app.at("call-note")));
    await app.user.keyboard("Wants the offer on Monday");
    await until(async () => expect((await app.host.getCall(id)).note.note).toBe("Wants the offer on Monday"));
    // It is dealt with: the key does nothing more.
    (document.activeElement as HTMLElement).blur();
    router.go("today");
    key("N", { ctrlKey: true, shiftKey: true });
    expect(router.room).toBe("today");
  });

  it("is no news when it was here at the first look, nor when nobody talked", async () => {
    const app = await room();
    await until(() => expect(endedCall.latest.loaded).toBe(true));
    expect(endedCall.row).toBeNull();
    expect(app.at("toast")).toBeNull();
  });
});

describe("the country of numbers", () => {
  it("is told with who says so, chosen by name, and left to the accounts again", async () => {
    const app = await room();
    router.openSettings("calls");
    const field = (await app.find("call-region")) as HTMLInputElement;
    await until(() => expect(field.value).toBe("Netherlands"));
    expect(plain(document.body)).toContain("From your Zoom number");
    await app.user.clear(field);
    await app.user.type(field, "germ");
    await until(() => expect(app.all("region-option")).toHaveLength(1));
    await app.user.keyboard("{Enter}");
    await until(() => expect(field.value).toBe("Germany"));
    await app.user.click(await app.find("call-region-automatic"));
    await until(() => expect(field.value).toBe("Netherlands"));
    await app.gone("call-region-automatic");
  });
});

describe("exporting", () => {
  it("writes what is on show: the list as it is narrowed, or the ledger", async () => {
    const app = await room();
    await until(() => expect(app.all("call-row")).toHaveLength(7));
    await app.user.click(await app.find("calls-export"));
    await until(() => expect(app.host.journal).toContain("export 7 Calls 2026-11-23"));
    await app.user.click(await app.find("calls-view-ledger"));
    await app.find("ledger");
    await app.user.click(await app.find("calls-export"));
    await until(() => expect(app.host.journal).toContain("export ledger 14 Call ledger 2026-11-23"));
    await until(() => expect(toasts.polite).toContain("14 days exported"));
  });

  it("opens Zoom where there is something to listen to, and offers it nowhere else", async () => {
    const app = await room();
    await chosen(app, "call-2");
    expect(app.at("call-open-zoom")).toBeNull();
    await chosen(app, "call-6");
    await app.user.click(await app.find("call-open-zoom"));
    await until(() => expect(app.host.journal).toContain("open zoom phone"));
  });
});
