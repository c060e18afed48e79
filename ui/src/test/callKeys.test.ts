// Keys that come quickly, too often or at the wrong moment: what was typed stays, and what is pressed means what is shown.

import { describe, expect, it, vi } from "vitest";
import { calls } from "../state/calls.svelte";
import { endedCall } from "../state/endedCall.svelte";
import { triage } from "../state/triage.svelte";
import { all, chosen, FIGURE, line, plain, room, standing } from "./callRoom";
import { hold, settled, type Held } from "./held";
import { key, type, until, type Opened } from "./open";

const person = async (app: Opened, id: string) => (await app.host.getCall(id)).row.person?.name;
const noted = (app: Opened) => (app.at("call-note") as HTMLTextAreaElement | null)?.value;

async function shown(app: Opened, id: string): Promise<void> {
  await until(() => {
    expect(app.at("triage-call")?.dataset["id"]).toBe(id);
    expect(triage.row?.id).toBe(id);
  });
}

async function inTriage(): Promise<Opened> {
  const app = await room();
  await chosen(app, "call-1");
  key("t");
  await shown(app, "call-1");
  return app;
}

async function answerAll(held: Held): Promise<void> {
  for (let index = 0; index < held.asked.length; index += 1) await held.answer(index);
}

describe("a note", () => {
  it("that was typed in triage is there in the list, whatever was read of the call before", async () => {
    const app = await inTriage();
    await type(app, "call-note", "Wants the offer on Monday");
    await until(async () => expect((await app.host.getCall("call-1")).note.note).toBe("Wants the offer on Monday"));
    await settled();
    hold(app.host, "getCall");
    (document.activeElement as HTMLElement).blur();
    key("s");
    await app.gone("call-note");
    key("Escape");
    await app.find("calls-list");
    await until(() => expect(noted(app)).toBe("Wants the offer on Monday"));
  });

  it("that nobody has touched follows what is read anew", async () => {
    const app = await room();
    await chosen(app, "call-1");
    await until(() => expect(noted(app)).toContain("renewal quote"));
    await app.host.keepCallNote("call-1", { note: "As it was restored", disposition: null });
    await until(() => expect(noted(app)).toBe("As it was restored"));
  });
});

describe("E", () => {
  it("on more calls than can be logged together logs none, keeps them selected and says so", async () => {
    const app = await room();
    await all(app);
    const log = vi.spyOn(app.host, "logCalls");
    line(app, "call-0")?.focus();
    key("a", { ctrlKey: true });
    await app.find("selection-bar");
    const many = calls.selection.count(calls.rows.total);
    expect(many).toBeGreaterThan(200);
    key("e");
    await until(() => expect(plain(app.at("toast"))).toContain("At most 200 at once."));
    expect(log).not.toHaveBeenCalled();
    expect(calls.selection.count(calls.rows.total)).toBe(many);
  });

  it("says why a call can't be logged, once however often it is pressed", async () => {
    const app = await room();
    await all(app);
    await chosen(app, "call-7");
    key("e");
    key("e");
    await until(() => expect(app.all("toast")).toHaveLength(1));
    expect(plain(app.at("toast"))).toContain("A call inside the company is logged only when you have found somebody for it.");
    await chosen(app, "call-1");
    key("e");
    await until(() => expect(plain(app.at("toast"))).toContain("It is linked with nobody yet."));
  });
});

describe("a second key", () => {
  it("in triage decides nothing of a call whose decision is not on show yet", async () => {
    const app = await inTriage();
    const list = hold(app.host, "listCalls");
    key("1", FIGURE(1));
    await until(async () => expect(await standing(app, "call-1")).toBe("linked"));
    await until(() => expect(calls.deciding).toBe(false));
    await settled();
    key("2", FIGURE(2));
    app.all("candidate")[1]?.click();
    await settled();
    expect(await person(app, "call-1")).toBe("Anna de Vries");
    await answerAll(list);
    await shown(app, "call-2");
    expect(await person(app, "call-1")).toBe("Anna de Vries");
  });

  it("in the list decides nothing of it either", async () => {
    const app = await room();
    await chosen(app, "call-1");
    const answers = [hold(app.host, "listCalls"), hold(app.host, "getCall")];
    const link = vi.spyOn(app.host, "linkCall");
    key("1", FIGURE(1));
    await until(() => expect(link).toHaveResolved());
    await settled();
    key("2", FIGURE(2));
    await settled();
    expect(link).toHaveBeenCalledOnce();
    for (const held of answers) await answerAll(held);
    await until(() => expect(line(app, "call-1")).toBeUndefined());
    expect(link).toHaveBeenCalledOnce();
  });
});

describe("triage", () => {
  it("stays with a call that is linked elsewhere, says so, and goes on when told to", async () => {
    const app = await inTriage();
    await app.host.linkCall("call-1", "Contact:003E", "thisCall");
    expect(plain(await app.find("triage-settled"))).toContain("Linked with");
    expect(triage.left).toBe(6);
    const before = await person(app, "call-1");
    key("2", FIGURE(2));
    key("g");
    await settled();
    expect(await person(app, "call-1")).toBe(before);
    expect(triage.current).toBe("call-1");
    key("s");
    await shown(app, "call-2");
    expect(triage.skipped).toBe(0);
  });

  it("takes back by the notice what the notice says, and not what was skipped since", async () => {
    const app = await inTriage();
    key("1", FIGURE(1));
    await shown(app, "call-2");
    key("s");
    await shown(app, "call-3");
    expect(plain(app.at("toast"))).toContain("Linked to Anna de Vries");
    await app.user.click(await app.find("toast-action"));
    await shown(app, "call-1");
    expect(await standing(app, "call-1")).toBe("ask");
    expect(triage.skipped).toBe(1);
    key("u");
    await shown(app, "call-2");
    expect(triage.skipped).toBe(0);
  });

  it("is left for the note of a call that has just ended", async () => {
    const app = await inTriage();
    await until(() => expect(endedCall.latest.loaded).toBe(true));
    const id = app.host.callEnds("Contact:003F", 252);
    await until(() => expect(endedCall.row?.id).toBe(id));
    key("N", { ctrlKey: true, shiftKey: true });
    await app.gone("triage-call");
    await until(() => expect(calls.detail.data?.row.id).toBe(id));
    await until(() => expect(document.activeElement).toBe(app.at("call-note")));
  });
});

describe("the search field", () => {
  const focused = () => (document.activeElement as HTMLElement).dataset;

  it("leads to the list by the arrow, Enter and Escape, and Escape empties it first", async () => {
    const app = await room();
    await chosen(app, "call-2");
    for (const name of ["ArrowDown", "Enter", "Escape"]) {
      key("/");
      expect(document.activeElement).toBe(app.at("calls-search"));
      key(name);
      expect(focused()["id"], name).toBe("call-2");
    }
    const field = await type(app, "calls-search", "nobody at all");
    key("Escape");
    await until(() => expect(field.value).toBe(""));
    expect(document.activeElement).toBe(field);
  });

  it("leads to what is found as soon as that is there", async () => {
    const app = await room();
    await all(app);
    await type(app, "calls-search", "okafor");
    key("Enter");
    expect(focused()["testid"]).toBe("calls-search");
    await until(() => expect(focused()["id"]).toBe("call-0"));
  });

  it("is left by Escape where there is no list, so that letters are keys again", async () => {
    const app = await room("calls=quiet");
    key("/");
    await until(() => expect(document.activeElement).toBe(app.at("calls-search")));
    key("Escape");
    expect(document.activeElement).toBe(document.body);
  });
});
