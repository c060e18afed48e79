// The room Calls.

import Phone from "@lucide/svelte/icons/phone";
import { calls } from "../../state/calls.svelte";
import { dialling } from "../../state/dialling.svelte";
import { endedCall } from "../../state/endedCall.svelte";
import { triage } from "../../state/triage.svelte";
import type { Badge, Room } from "../room";
import CallInspector from "./CallInspector.svelte";
import CallsPage from "./CallsPage.svelte";
import CallsSettings from "./CallsSettings.svelte";
import { callsCommands, personOfCall } from "./commands";

function badge(): Badge | null {
  return calls.toLink > 0 ? { count: calls.toLink, urgent: false, words: "badge-to-link" } : null;
}

function start(): () => void {
  void calls.waiting.open();
  void endedCall.latest.open();
  void dialling.restore();
  return () => {
    calls.waiting.close();
    endedCall.latest.close();
  };
}

export const callsRoom: Room<"calls"> = {
  id: "calls",
  title: "room-calls",
  icon: Phone,
  page: CallsPage,
  inspector: { view: CallInspector, chosen: () => (triage.shown ? triage.current : calls.view === "ledger" ? null : calls.selected) !== null },
  person: personOfCall,
  badge,
  start,
  commands: callsCommands,
  list: { selects: true, filters: true },
  settings: CallsSettings,
};
