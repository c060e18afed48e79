// What can be done with the chosen webinar and with the chosen registrant.

import { ready, type Command } from "../../commands/command";
import { host, type RegistrantRow, type WebinarDetail } from "../../host";
import { t } from "../../i18n/messages.svelte";
import { attempt } from "../../state/attempt";
import { attendance } from "../../state/attendance.svelte";
import { campaign } from "../../state/campaign.svelte";
import { registerSheet } from "../../state/registering.svelte";
import { registrants } from "../../state/registrants.svelte";
import { router } from "../../state/router.svelte";
import { webinarSheet } from "../../state/webinarDraft.svelte";
import { webinars } from "../../state/webinars.svelte";
import type { Room } from "../room";
import { canChange, canPin, canStart } from "./menu";

const inRoom = () => ready() && router.room === "webinars";
const meant = () => (inRoom() ? webinars.meantDetail : null);
const takesPeople = (detail: WebinarDetail | null) => detail !== null && detail.block === null && detail.row.approval !== "none";

/** The list is on show: a key does nothing to rows that nobody sees, such as those behind another tab. */
const listed = (list: typeof registrants | typeof attendance) => inRoom() && webinars.shown !== null && list.webinar === webinars.shown && list.rows.active;

/** The registrant that a key means; with a selection the keys are the bar's. */
const meantRegistrant = (): RegistrantRow | null => (listed(registrants) ? registrants.selectedRow : null);

const canDecide = () => listed(registrants) && (registrants.selectedRow !== null || registrants.chosen > 0);

function personOf(): string | null {
  const row = listed(attendance) ? attendance.selectedRow : meantRegistrant();
  return row?.person?.id ?? null;
}

/** A command about the webinar on show. */
function about(id: string, title: Command["title"], keys: readonly string[], when: (detail: WebinarDetail) => boolean, run: (detail: WebinarDetail) => void): Omit<Command, "group"> {
  return {
    id,
    title,
    keys,
    when: () => {
      const detail = meant();
      return detail !== null && when(detail);
    },
    run: () => {
      const detail = meant();
      if (detail) run(detail);
    },
  };
}

export const webinarCommands: NonNullable<Room["commands"]> = [
  { id: "webinars-new", title: "command-webinars-new", keys: ["N"], when: () => inRoom() && webinars.shown === null, run: () => void webinarSheet.open() },
  about("webinars-add", "command-webinars-add", ["A", "R"], takesPeople, ({ row }) => registerSheet.open(row)),
  about("webinars-start", "command-webinars-start", ["S"], canStart, ({ row }) => void webinars.start(row.id)),
  about("webinars-join", "command-webinars-join", ["Mod+Shift+J"], (detail) => webinars.shown !== null && canStart(detail), ({ row }) => void webinars.join(row.id)),
  about("webinars-copy", "command-webinars-copy", ["Mod+C"], ({ hasJoinLink }) => hasJoinLink && noText(), ({ row }) => void webinars.copy(row.id, "joinLink")),
  about("webinars-edit", "command-webinars-edit", ["E"], canChange, ({ row }) => void webinarSheet.open(row.id)),
  about("webinars-pin", "command-webinars-pin", ["P"], canPin, ({ row }) => void webinars.togglePin(row)),
  about("webinars-campaign", "command-webinars-campaign", [], () => true, ({ row }) => void campaign.open(row.id)),
  about("webinars-delete", "command-webinars-delete", ["Delete"], canChange, (detail) => (webinars.deleting = detail)),
  { id: "webinars-approve", title: "command-webinars-approve", keys: ["V"], when: canDecide, run: () => registrants.ask("approve") },
  { id: "webinars-deny", title: "command-webinars-deny", keys: ["D"], when: canDecide, run: () => registrants.ask("deny") },
  {
    id: "webinars-copy-addresses",
    title: "command-people-copy",
    when: () => listed(registrants) && registrants.chosen > 0,
    run: () => void registrants.copyAddresses(),
  },
  {
    id: "webinars-link",
    title: "command-webinars-link",
    keys: ["L"],
    when: () => meantRegistrant()?.hasLink === true,
    run: () => {
      const row = meantRegistrant();
      if (row) void registrants.copyLink(row);
    },
  },
  {
    id: "webinars-open",
    title: "command-webinars-open",
    keys: ["O"],
    when: () => personOf() !== null,
    run: () => {
      const person = personOf();
      if (person) void attempt(() => host().openPerson(person));
    },
  },
  { id: "webinars-back", title: "command-webinars-back", keys: ["Escape"], keyOnly: true, when: () => inRoom() && webinars.shown !== null, run: () => webinars.leave() },
  {
    id: "webinars-add-pinned",
    title: () => t("command-webinars-add-pinned", { topic: webinars.pin.data?.topic ?? "" }),
    when: () => ready() && webinars.pin.data !== null && !webinars.pin.data.closed,
    run: () => {
      const pinned = webinars.pin.data;
      if (pinned) registerSheet.open(pinned);
    },
  },
];

/** What is selected as text is what Mod+C copies. */
function noText(): boolean {
  return (document.getSelection()?.toString() ?? "") === "";
}
