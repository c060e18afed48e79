// Registering people on the simulation: one by a press, many by way of the check, and what becomes of each.

import { describe, expect, it, vi } from "vitest";
import { campaign } from "../state/campaign.svelte";
import { jobs } from "../state/jobs.svelte";
import { registerPerson, registerSheet } from "../state/registering.svelte";
import { router } from "../state/router.svelte";
import { webinars } from "../state/webinars.svelte";
import { key, openApp, type, until, type Opened } from "./open";

const plain = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "").replace(/\s+/gu, " ").trim();

async function sheet(id = "w-q1", query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.user.click(await app.find("nav-webinars"));
  await until(() => expect(app.all("webinar-row").length).toBeGreaterThan(0));
  app.all("webinar-row").find((row) => row.dataset["id"] === id)?.focus();
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  key("a");
  await app.find("register-sheet");
  return app;
}

async function paste(app: Opened, text: string): Promise<void> {
  await app.user.click(await app.find("pick-pasted"));
  const field = (await app.find("pick-text")) as HTMLTextAreaElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  key("Enter", { ctrlKey: true });
  await until(() => expect(registerSheet.check).not.toBeNull());
}

const count = (app: Opened, sort: string) => app.at(`check-${sort}`)?.dataset["count"];
const person = (app: Opened, address: string) => app.all("check-person").find((one) => plain(one).includes(address));

async function answerAll(app: Opened): Promise<void> {
  if (app.at("answer-job_title")) await type(app, "answer-job_title", "Not given");
  const select = (await app.find("answer-Are you a customer?")) as HTMLSelectElement;
  select.value = "No";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await until(() => expect(registerSheet.check?.missing).toEqual([]));
}

async function noHold(app: Opened): Promise<void> {
  await app.host.updateSettings({ ...app.host.settings, holdSeconds: 0 });
}

const hit = async (app: Opened, name: string) => (await app.host.searchPeople(name, 1))[0]!;

describe("one person", () => {
  it("is held with a way back, and the notice names the address", async () => {
    const app = await openApp();
    await app.find("day-list");
    await registerPerson(await hit(app, "Freja Lindqvist"), "w-start");
    await until(() => expect(plain(app.at("toast"))).toContain("Freja Lindqvist is being registered for Getting started"));
    expect(plain(app.at("toast"))).toContain("Zoom will e-mail freja.lindqvist@hooli.example");
    await app.user.click(await app.find("toast-action"));
    await until(() => expect(plain(document.body)).toContain("Taken back. It was not sent."));
    expect((await app.host.listRegistrants("w-start", { standing: null, query: "lindqvist", sort: "newest" }, 0, 5)).total).toBe(0);
  });

  it("of whom something is to be decided opens the sheet with them", async () => {
    const app = await openApp();
    await app.find("day-list");
    await registerPerson(await hit(app, "Laila Haddad"), "w-start");
    await app.find("register-sheet");
    await until(() => expect(count(app, "optedOut")).toBe("1"));
  });

  it("who is there already is said to be", async () => {
    const app = await openApp();
    await app.find("day-list");
    await registerPerson(await hit(app, "Anna de Vries"));
    await until(() => expect(plain(app.at("toast"))).toContain("Anna de Vries is registered for Q1 roadmap for customers already"));
  });

  it("can't be registered where nothing is pinned, or nobody can be", async () => {
    const app = await openApp();
    await app.find("day-list");
    await app.host.pinWebinar(null);
    await registerPerson(await hit(app, "Freja Lindqvist"));
    // Nothing is pinned: the webinar is asked for, and the check goes on with the person.
    await app.find("register-which");
    await until(() => expect(app.all("register-which-option").length).toBeGreaterThan(1));
    key("Enter");
    await app.find("register-sheet");
    await until(() => expect(registerSheet.people.map(({ name }) => name)).toEqual(["Freja Lindqvist"]));
    registerSheet.close();
    await registerPerson(await hit(app, "Freja Lindqvist"), "w-full");
    await until(() => expect(plain(document.body)).toContain("Nobody can be registered for Tax rules 2027 now. It is full."));
  });
});

describe("picking", () => {
  it("is done from Leads and Contacts, with the keys", async () => {
    const app = await sheet();
    await until(() => expect(document.activeElement).toBe(app.at("pick-query")));
    await type(app, "pick-query", "lindqvist");
    await app.find("pick-query-option");
    key("Enter");
    await until(() => expect(plain(app.at("picked"))).toContain("Freja Lindqvist"));
    key("Enter", { ctrlKey: true });
    await until(() => expect(count(app, "answersMissing")).toBe("1"));
    await until(() => expect(document.activeElement).toBe(app.at("register-go")));
  });

  it("is done from a list of Salesforce, and says why one can't be used", async () => {
    const app = await sheet();
    await app.user.click(await app.find("pick-list"));
    await type(app, "pick-list-query", "by month");
    await until(() => expect(app.all("pick-list-option")).toHaveLength(1));
    key("Enter");
    await until(() => expect(plain(app.at("toast"))).toContain("Only a tabular report has one person on each line"));
    expect(app.at("picked-list")).toBeNull();
    await type(app, "pick-list-query", "visitors");
    await until(() => expect(app.all("pick-list-option")).toHaveLength(1));
    key("Enter");
    await until(() => expect(plain(app.at("picked-list"))).toContain("Visitors of the fair"));
    key("Enter", { ctrlKey: true });
    await until(() => expect(registerSheet.check?.groups.some(({ count }) => count > 1)).toBe(true));
    expect([...registerSheet.sorted.values()].flat().some(({ email }) => email === "visitor@fair.example")).toBe(true);
  });

  it("says that somebody is to be picked first", async () => {
    const app = await sheet();
    expect((await app.find("register-to-check")).title).toBe("Pick somebody first.");
  });

  it("reads a file, shows its columns, and takes another meaning of one", async () => {
    const app = await sheet();
    await app.user.click(await app.find("pick-file"));
    const latin = Uint8Array.from([..."Voornaam;Achternaam;Adres;Functie\nC\xe9lia;Holm;celia.holm@firma.example;Buyer\n"].map((sign) => sign.charCodeAt(0)));
    await registerSheet.readFile(new File([latin], "visitors.csv"));
    const columns = await app.find("file-columns");
    expect(plain(columns)).toContain("windows-1252");
    expect(plain(columns)).toContain("No column holds e-mail addresses");
    expect((await app.find("register-to-check")).getAttribute("aria-disabled")).toBe("true");
    const select = (await app.find("column-2")) as HTMLSelectElement;
    select.value = "email";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => expect(registerSheet.picked).toBe(true));
    await app.user.click(await app.find("register-to-check"));
    await until(() => expect(plain(app.at("check-answersMissing"))).toContain("Célia Holm"));
    expect(app.at("answer-job_title")).toBeNull();
  });

  it("names a delimiter that can't be seen", async () => {
    const app = await sheet();
    await app.user.click(await app.find("pick-file"));
    await registerSheet.readFile(new File(["Email\tName\na@b.example\tA B\n"], "visitors.tsv"));
    expect(plain(await app.find("file-columns"))).toContain("separated by tab");
  });

  it("asks before it closes over what was pasted", async () => {
    const app = await sheet();
    await app.user.click(await app.find("pick-pasted"));
    await app.user.type(await app.find("pick-text"), "a@b.example");
    key("Escape");
    await app.user.click(await app.find("leave-sure"));
    await app.gone("register-sheet");
  });
});

describe("the check", () => {
  const PEOPLE = [
    "Freja Lindqvist <freja@else.example>",
    "Anna de Vries <anna.de.vries@acmebv.example>",
    "Sora Ito <sora.ito@hooli.example>",
    "nobody@nowhere",
    "Laila Haddad <laila.haddad@initech.example>",
    "Jan One <twin@firma.example>",
    "Jan Two <twin@firma.example>",
    "plain@firma.example",
  ].join("\n");

  it("sorts everybody and chooses nothing for the rep", async () => {
    const app = await sheet();
    await paste(app, PEOPLE);
    await answerAll(app);
    await until(() => expect(count(app, "ready")).toBe("1"));
    expect({ there: count(app, "alreadyRegistered"), host: count(app, "hostOrPanelist"), wrong: count(app, "emailInvalid"), out: count(app, "optedOut"), twice: count(app, "sameEmail"), nameless: count(app, "noFirstName") }).toEqual({
      there: "1",
      host: "1",
      wrong: "1",
      out: "1",
      twice: "2",
      nameless: "1",
    });
    expect(plain(app.at("register-go"))).toContain("Register 1 person");
    expect(plain(app.at("register-sheet"))).toContain("Zoom will e-mail 1 person.");
    expect(plain(app.at("register-sheet"))).toContain("Held 8 s first.");
  });

  it("lets the rep decide: which of two, a reason, a name, an address, somebody left out and put back", async () => {
    const app = await sheet();
    await paste(app, PEOPLE);
    await answerAll(app);
    await app.user.click(person(app, "Jan Two")?.querySelector("[data-testid=check-this-one]") as HTMLElement);
    await until(() => expect(count(app, "ready")).toBe("2"));
    await app.user.click((await app.find("check-optedOut")).querySelector("button") as HTMLElement);
    await app.user.click(await app.find("check-include"));
    const reason = app.at("check-optedOut")?.querySelector<HTMLInputElement>("[data-testid=check-field]") as HTMLInputElement;
    await app.user.type(reason, "She asked for it{Enter}");
    await until(() => expect(count(app, "ready")).toBe("3"));
    const name = app.at("check-noFirstName")?.querySelector<HTMLInputElement>("[data-testid=check-field]") as HTMLInputElement;
    await app.user.type(name, "Pia{Enter}");
    await until(() => expect(count(app, "ready")).toBe("4"));
    await app.user.click((await app.find("check-emailInvalid")).querySelector("button") as HTMLElement);
    const address = app.at("check-emailInvalid")?.querySelector<HTMLInputElement>("[data-testid=check-field]") as HTMLInputElement;
    await app.user.type(address, "nobody@nowhere.example{Enter}");
    await until(() => expect(app.at("check-emailInvalid")).toBeNull());
    await app.user.click((await app.find("check-ready")).querySelector("[aria-label^='Leave out: Freja']") as HTMLElement);
    await until(() => expect(plain(app.at("check-leftOut"))).toContain("Left out"));
    expect(count(app, "leftOut")).toBe("2");
    await app.user.click(await app.find("check-put-back"));
    await until(() => expect(app.at("check-leftOut")).toBeNull());
  });

  it("approves instead of adding whom the host had denied, and registers a cancelled one again", async () => {
    const app = await sheet();
    const { rows } = await app.host.listRegistrants("w-q1", { standing: "denied", query: "", sort: "newest" }, 0, 1);
    const { rows: gone } = await app.host.listRegistrants("w-q1", { standing: "cancelled", query: "", sort: "newest" }, 0, 1);
    await paste(app, `Den Ied <${rows[0]?.email}>\nCan Celled <${gone[0]?.email}>`);
    await until(() => expect(count(app, "denied")).toBe("1"));
    await app.user.click(await app.find("check-again"));
    await answerAll(app);
    await until(() => expect(count(app, "ready")).toBe("1"));
    await app.user.click(await app.find("check-approve"));
    await until(() => expect(plain(app.at("toast"))).toContain("Being approved"));
    await until(() => expect(app.at("check-denied")).toBeNull());
  });

  it("keeps what was decided when an answer fails, and asks again", async () => {
    const app = await sheet();
    await paste(app, "Freja Lindqvist <freja@else.example>");
    app.host.failNext({ kind: "offline" });
    await type(app, "answer-job_title", "Buyer");
    await app.user.click(await app.find("register-again"));
    await until(() => expect(registerSheet.error).toBeNull());
    expect(registerSheet.answerOf("job_title")).toBe("Buyer");
  });

  it("goes back to picking with what was picked, and keeps what was decided about whoever is still picked", async () => {
    const app = await sheet();
    await paste(app, `${PEOPLE}\nLone Line <>`);
    await answerAll(app);
    await app.user.type(app.at("check-noFirstName")?.querySelector("[data-testid=check-field]") as HTMLElement, "Pia{Enter}");
    await until(() => expect(count(app, "ready")).toBe("2"));
    await app.user.click((await app.find("check-ready")).querySelector("[aria-label^='Leave out: Freja']") as HTMLElement);
    await app.user.click((await app.find("check-optedOut")).querySelector("button") as HTMLElement);
    await app.user.click(await app.find("check-include"));
    await app.user.type(app.at("check-optedOut")?.querySelector("[data-testid=check-field]") as HTMLElement, "She asked for it{Enter}");
    await until(() => expect(count(app, "ready")).toBe("2"));
    // Without an address a line is known by its place alone.
    registerSheet.decide({ key: "row:8", leaveOut: true });
    await until(() => expect(count(app, "leftOut")).toBe("2"));
    await app.user.click(await app.find("register-back"));
    const field = (await app.find("pick-text")) as HTMLTextAreaElement;
    expect(field.value).toContain("freja@else.example");
    await app.user.click(await app.find("register-to-check"));
    await until(() => expect(count(app, "leftOut")).toBe("2"));
    expect(count(app, "ready")).toBe("2");
    await app.user.click(await app.find("register-back"));
    await type(app, "pick-text", `First Line <first@firma.example>\n${field.value}`);
    await app.user.click(await app.find("register-to-check"));
    await until(() => expect(count(app, "ready")).toBe("3"));
    expect(plain(app.at("check-ready"))).toContain("Pia");
    expect(plain(app.at("check-ready"))).toContain("Laila Haddad");
    expect(count(app, "leftOut")).toBe("1");
    expect(app.at("check-optedOut")).toBeNull();
  });

  it("lets one of two with the same address be left out, so that the other is registered", async () => {
    const app = await sheet();
    await paste(app, PEOPLE);
    await answerAll(app);
    const ready = Number(count(app, "ready"));
    await app.user.click(person(app, "Jan Two")?.querySelector("[data-testid=check-leave-out]") as HTMLElement);
    await until(() => expect(count(app, "ready")).toBe(String(ready + 1)));
    expect(plain(app.at("check-ready"))).toContain("Jan One");
    expect(app.at("check-sameEmail")).toBeNull();
  });

  it("counts them under a tracking link of the webinar where the rep says so", async () => {
    const app = await sheet();
    const registered = vi.spyOn(app.host, "registerPeople");
    await paste(app, "Freja Lindqvist <freja@else.example>");
    await answerAll(app);
    const select = (await app.find("check-source")) as HTMLSelectElement;
    expect(select.value).toBe("");
    select.value = "s-2";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => expect(registerSheet.checking).toBe(false));
    await app.user.click(await app.find("register-go"));
    await app.gone("register-sheet");
    expect(registered.mock.lastCall?.[0]).toMatchObject({ source: "s-2" });
    expect(registerSheet.source).toBeNull();
  });

  it("offers no tracking link where the webinar has none", async () => {
    const app = await sheet("w-imports");
    await paste(app, "Freja Lindqvist <freja@else.example>");
    await until(() => expect(count(app, "ready")).toBe("1"));
    expect(app.at("check-source")).toBeNull();
  });

  it("of four hundred asks for each group by itself, and loses nobody", async () => {
    const app = await sheet("w-imports");
    await paste(app, Array.from({ length: 400 }, (_, index) => `P${index} Q <p${index}@many.example>`).join("\n"));
    await until(() => expect(count(app, "ready")).toBe("32"));
    expect(count(app, "noRoom")).toBe("368");
    expect(plain(app.at("register-go"))).toContain("Register 32 people");
  });
});

describe("many", () => {
  async function go(people: number, query = ""): Promise<Opened> {
    const app = await sheet("w-start", query);
    await paste(app, [...Array.from({ length: people - 1 }, (_, index) => `P${index} Q <p${index}@many.example>`), "Luca Ferrand <luca.ferrand@harbour.example>"].join("\n"));
    await until(() => expect(plain(app.at("register-go"))).toContain(`Register ${people} people`));
    return app;
  }

  it("are held first, and taken back as one", async () => {
    const app = await go(5);
    key("Enter", { ctrlKey: true });
    await app.gone("register-sheet");
    const panel = await app.find("job-panel");
    await until(() => expect(plain(panel)).toContain("Sends in"));
    await app.user.click(await app.find("job-undo"));
    await until(() => expect(app.at("job-panel")).toBeNull());
    expect((await app.host.listRegistrants("w-start", { standing: null, query: "many.example", sort: "newest" }, 0, 5)).total).toBe(0);
  });

  it("go one after the other, each with what became of it, and the failed one is tried again", async () => {
    const app = await go(4);
    await noHold(app);
    await app.user.click(await app.find("register-go"));
    await until(() => expect(plain(app.at("job-summary"))).toBe("3 registered, 1 failed"));
    expect((await app.host.listRegistrants("w-start", { standing: null, query: "many.example", sort: "newest" }, 0, 5)).total).toBe(3);
    await app.user.click(await app.find("job-show"));
    await app.find("job-results");
    await until(() => expect(app.all("result-row")).toHaveLength(4));
    expect(plain(app.all("result-row")[0])).toContain("The webinar is full");
    await app.user.click(await app.find("results-copy"));
    await until(() => expect(app.host.journal).toContain("copy results 4"));
    await app.user.click(await app.find("results-retry"));
    await until(() => expect(plain(app.at("job-results"))).toContain("4 registered"));
  });

  it("pause and go on, stop with the rest taken back, and say so wherever the user is", async () => {
    const app = await go(40);
    await app.user.click(await app.find("register-go"));
    const [group] = await until(async () => {
      const { groups } = await app.host.listOutbox(null);
      expect(groups).toHaveLength(1);
      return groups;
    });
    router.go("today");
    await app.find("job-panel");
    await jobs.pause(group!, true);
    await until(() => expect(plain(app.at("job-panel"))).toContain("Paused"));
    await jobs.stop(jobs.all[0]!);
    await until(() => expect(jobs.all[0]?.left).toBe(0));
    expect(jobs.all[0]?.discarded).toBe(40);
  });

  it("can be put out of sight without stopping", async () => {
    const app = await go(3);
    await noHold(app);
    await app.user.click(await app.find("register-go"));
    await until(() => expect(plain(app.at("job-summary"))).toBe("2 registered, 1 failed"));
    await app.user.click(await app.find("job-hide"));
    await app.gone("job-panel");
    expect(jobs.all).toHaveLength(1);
  });
});

describe("a campaign", () => {
  async function campaignOf(id: string, query = "", shows = "campaign-plan"): Promise<Opened> {
    const app = await openApp(query);
    await app.user.click(await app.find("nav-webinars"));
    await until(() => expect(app.all("webinar-row").length).toBeGreaterThan(0));
    app.all("webinar-row").find((row) => row.dataset["id"] === id)?.focus();
    key("Enter");
    await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
    await app.user.click(await app.find("webinar-more"));
    await app.user.click(await app.find("menu-webinar-campaign"));
    await app.find(shows);
    return app;
  }

  it("is shown before it is written, and the run says the same number", async () => {
    const app = await campaignOf("w-q1");
    const sums = Object.fromEntries([...(app.at("campaign-plan")?.querySelectorAll<HTMLElement>("[data-does]") ?? [])].map((one) => [one.dataset["does"], Number(plain(one).replace(/\D/gu, ""))]));
    expect(plain(app.at("campaign-run"))).toContain(`Write ${sums["create"]} members`);
    await app.user.click(await app.find("campaign-run"));
    await until(() => expect(app.host.journal.some((entry) => entry === `campaign new Q1 roadmap for customers: ${sums["create"]} + 0`)).toBe(true));
    await until(() => expect(plain(app.at("toast"))).toContain("are being written to Q1 roadmap for customers"));
  });

  it("that is there is chosen; a status that it lacks stands in the way until it may be added", async () => {
    const app = await campaignOf("w-q1");
    await app.user.click(await app.find("campaign-existing"));
    await type(app, "campaign-search", "refit");
    await app.user.click(await app.find("campaign-option"));
    const select = (await app.find("status-attended")) as HTMLSelectElement;
    select.value = "Attended";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => expect((app.at("campaign-run") as HTMLElement).title).toContain("has no status Attended"));
    await app.user.click(await app.find("campaign-add-statuses"));
    await until(() => expect((app.at("campaign-run") as HTMLElement).getAttribute("aria-disabled")).toBeNull());
  });

  it("is the one that was chosen, also after looking at a new one", async () => {
    const app = await campaignOf("w-q1");
    await app.user.click(await app.find("campaign-existing"));
    (await app.find("campaign-search")).focus();
    await type(app, "campaign-search", "e");
    await until(() => expect(app.all("campaign-option").length).toBeGreaterThan(1));
    await app.user.click(app.all("campaign-option").at(-1) as HTMLElement);
    await until(() => expect(campaign.choice?.campaign).toBe("701C"));
    await app.user.click(await app.find("campaign-new"));
    expect(((await app.find("campaign-name")) as HTMLInputElement).value).toBe("Q1 roadmap for customers");
    await app.user.click(await app.find("campaign-existing"));
    expect(((await app.find("campaign-search")) as HTMLInputElement).value).toBe("Newsletter autumn");
    await until(() => expect(campaign.planning).toBe(false));
    await app.user.click(await app.find("campaign-run"));
    await until(() => expect(app.host.journal.some((entry) => entry.startsWith("campaign 701C Newsletter autumn"))).toBe(true));
  });

  it("that nobody chose yet is none, and a new one needs a name", async () => {
    const app = await campaignOf("w-q1");
    const planned = vi.spyOn(app.host, "planCampaign");
    await app.user.click(await app.find("campaign-existing"));
    await until(() => expect(app.at("campaign-run")?.title).toBe("Choose a campaign first."));
    expect(planned).not.toHaveBeenCalled();
    expect(document.querySelector("[data-testid=campaign-sheet] [role=alert]")).toBeNull();
    await app.user.click(await app.find("campaign-new"));
    await type(app, "campaign-name", "");
    await until(() => expect(app.at("campaign-run")?.title).toBe("Give the campaign a name first."));
  });

  it("without the right to make one says what to ask the administrator", async () => {
    const app = await campaignOf("w-q1", "webinars=noMarketing");
    expect(plain(app.at("campaign-sheet"))).toContain("Marketing User");
    expect((app.at("campaign-run") as HTMLElement).title).toBe("You may not make campaigns");
  });

  it("is nothing where Salesforce has none for the user, and the sentence for the administrator is there", async () => {
    const app = await campaignOf("w-q1", "webinars=noCampaigns", "campaign-none-here");
    expect(plain(app.at("campaign-none-here"))).toContain("Everything else about the webinar works.");
    expect(app.at("campaign-copy-ask")).not.toBeNull();
    expect((app.at("campaign-run") as HTMLElement).title).toBe("Your Salesforce has no campaigns for you");
    expect(app.at("campaign-which")).toBeNull();
  });
});
