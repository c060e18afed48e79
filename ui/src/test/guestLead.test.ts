// A new Lead for somebody of a webinar whom nobody in Salesforce is, on the simulation.

import { describe, expect, it } from "vitest";
import { newLeadSheet } from "../state/newLead.svelte";
import { registrants } from "../state/registrants.svelte";
import { type, until, type Opened } from "./open";
import { line, page, plain } from "./webinarRoom";

const all = { standing: null, query: "", sort: "newest" } as const;

async function stranger(app: Opened): Promise<{ id: string; email: string; lastName: string }> {
  const { rows } = await app.host.listRegistrants("w-q1", all, 0, 200);
  const one = rows.find(({ person }) => person === null);
  if (!one) throw new Error("everybody is known");
  await type(app, "registrants-search", one.email);
  await until(() => expect(line(app, "registrant-row", one.id)).toBeDefined());
  line(app, "registrant-row", one.id)?.focus();
  await until(() => expect(registrants.selectedRow?.id).toBe(one.id));
  return one;
}

describe("a new lead for somebody of a webinar", () => {
  it("has the name and the address that they registered with, and they are known from then on", async () => {
    const app = await page("w-q1");
    const { id, email, lastName } = await stranger(app);
    await app.user.click(await app.find("guest-lead"));
    expect(((await app.find("lead-Email")) as HTMLInputElement).value).toBe(email);
    expect((app.at("lead-LastName") as HTMLInputElement).value).toBe(lastName);
    await type(app, "lead-Company", "Windmill");
    await app.user.click(await app.find("lead-make"));
    await app.gone("lead-sheet");
    expect(newLeadSheet.about).toBeNull();
    expect(plain(app.all("toast").at(-1))).toContain("is a lead in Salesforce now.");
    const { rows } = await app.host.listRegistrants("w-q1", { ...all, query: email }, 0, 10);
    expect(rows.find((row) => row.id === id)?.person?.record).toBe("lead");
    await app.gone("guest-lead");
  });

  it("is offered for nobody whom somebody in Salesforce is", async () => {
    const app = await page("w-q1");
    const { rows } = await app.host.listRegistrants("w-q1", all, 0, 200);
    const known = rows.find(({ person }) => person !== null);
    if (!known) throw new Error("nobody is known");
    await newLeadSheet.openFor({ webinar: "w-q1", id: known.id });
    await until(() => expect(newLeadSheet.error?.kind).toBe("tooLate"));
    newLeadSheet.close();
  });
});
