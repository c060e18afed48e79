// Campaigns of the simulation: which there are, and what a run would do.

import { HostError, type CampaignChoice, type CampaignHit, type CampaignPlan, type CampaignStart, type MemberPlan, type MemberStatuses } from "../types";
import type { WebinarCommands } from "./webinarCommands";
import { plain, type FakeWebinars } from "./webinars";

const DAY = 86_400_000;
const ROWS = 200;
/** The one that is made from here. */
const MADE = "701N";

interface Campaign extends CampaignHit {
  statuses: readonly string[];
}

export function campaignCommands(webinars: FakeWebinars, answer: () => Promise<void>): Pick<WebinarCommands, "searchCampaigns" | "startCampaign" | "planCampaign" | "runCampaign"> {
  const { base } = webinars;
  const all: Campaign[] = [
    { id: "701A", name: "Q4 roadmap", status: "Completed", start: base - 82 * DAY, statuses: ["Sent", "Responded", "Registered", "Attended", "No Show"] },
    { id: "701B", name: "Refit 2027", status: "In Progress", start: base - 10 * DAY, statuses: ["Sent", "Responded"] },
    { id: "701C", name: "Newsletter autumn", status: "Planned", start: null, statuses: ["Sent", "Responded"] },
  ];
  const statusesOf = (id: string | null) => all.find((other) => other.id === id)?.statuses ?? ["Sent", "Responded"];

  function plan(id: string, choice: CampaignChoice): CampaignPlan {
    const available = [...statusesOf(choice.campaign ?? null)];
    const wanted = [...new Set(Object.values(choice.statuses ?? {}).filter((status): status is string => typeof status === "string"))];
    const rows = webinars.one(id).registrants.map((one, index): CampaignPlan["rows"][number] => {
      const state: keyof MemberStatuses = one.standing === "denied" ? "denied" : one.standing === "approved" ? "approved" : "registered";
      const there = choice.campaign != null && index % 3 === 0;
      const to = choice.statuses?.[state] ?? null;
      const known = webinars.person(one.person) !== null;
      const does: MemberPlan = !known ? "unknown" : !there ? "create" : index % 2 === 0 && to !== null ? "change" : "leave";
      return { name: `${one.firstName} ${one.lastName}`.trim(), email: one.email, does, from: there && known ? "Sent" : null, to: does === "leave" || does === "unknown" ? null : to };
    });
    const count = (does: MemberPlan) => rows.filter((row) => row.does === does).length;
    const { campaign } = webinars.one(id);
    const own = choice.campaign == null && campaign?.id === MADE ? campaign.name : null;
    const alike = choice.campaign == null && own === null && choice.name ? all.find(({ name }) => name === choice.name) : undefined;
    const existing = own ?? alike?.name ?? null;
    return {
      digest: JSON.stringify([choice, existing, rows]),
      existing,
      byName: alike !== undefined,
      available,
      missing: wanted.filter((status) => !available.includes(status)),
      create: count("create"),
      change: count("change"),
      leave: count("leave"),
      unknown: count("unknown"),
      memberFields: ["Liaison_Registrant_Id__c", "Liaison_Join_Link__c", "Liaison_Minutes_Attended__c"],
      campaignFields: ["Liaison_Actual_Start__c", "Liaison_Participants__c"],
      block: true,
      calls: Math.max(1, Math.ceil(rows.length / 200)),
      rows: rows.slice(0, ROWS),
    };
  }

  return {
    async searchCampaigns(query, limit) {
      await answer();
      return all.filter(({ name }) => plain(name).includes(plain(query.trim()))).slice(0, limit);
    },
    async startCampaign(id): Promise<CampaignStart> {
      await answer();
      const { campaign, topic } = webinars.one(id);
      const may = webinars.kind !== "noMarketing" && webinars.kind !== "noCampaigns";
      const has = (name: string, other: string) => [name, other].find((status) => statusesOf(campaign?.id ?? null).includes(status)) ?? null;
      const statuses = {
        registered: has("Registered", "Sent"),
        approved: has("Registered", "Responded"),
        denied: has("Denied", "Sent"),
        attended: has("Attended", "Responded"),
        noShow: has("No Show", "Sent"),
      };
      return { choice: { campaign: campaign?.id ?? null, name: campaign?.name ?? topic, statuses, addStatuses: false }, mayRead: webinars.kind !== "noCampaigns", marketing: may, mayAddStatuses: may, mayAddMembers: true };
    },
    async planCampaign(id, choice) {
      await answer();
      return plan(id, choice);
    },
    async runCampaign(id, choice, digest) {
      await answer();
      const now = plan(id, choice);
      if (now.digest !== digest) return { group: null, people: 0, campaign: false, changed: now };
      const { missing, create, change, leave } = now;
      if (missing.length > 0 && !choice.addStatuses) throw new HostError({ kind: "tooLate" });
      const webinar = webinars.one(id);
      const name = now.existing ?? choice.name ?? "";
      webinars.around.note(`campaign ${choice.campaign ?? "new"} ${name}: ${create} + ${change}`);
      const item = webinars.line("createCampaign", name, () => {
        webinar.campaign = { id: choice.campaign ?? MADE, name, members: create + change + leave, asOf: webinars.around.now() };
      });
      const group = `campaign-${id}-${webinars.around.now()}`;
      webinars.around.outbox.groups.begin(group, "fillCampaign", [item], name);
      return { group, people: create + change, campaign: true, changed: null };
    },
  };
}
