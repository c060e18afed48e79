// Registrants as the engine tells them, made from their number.

import type { PersonHit, RegistrantRow, RegistrantStanding } from "../host";
import { person } from "./people";

const standings: readonly RegistrantStanding[] = ["approved", "approved", "pending", "approved", "denied", "approved", "cancelled"];
const FIRST = Date.UTC(2026, 9, 1);

function known(at: number): PersonHit | null {
  if (at % 3 === 0) return null;
  const { id, name, company, lead } = person(at);
  const record = lead ? "lead" : "contact";
  return { id: `${lead ? "Lead" : "Contact"}:${id}`, record, name, company, title: null, email: null, phone: null, emailOptOut: false, converted: false };
}

export function registrant(at: number): RegistrantRow {
  const { name } = person(at);
  const [firstName = "", lastName = ""] = name.split(" ");
  return {
    id: `r${at}`,
    registrantId: `r${at}`,
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${at}@example.com`.toLowerCase(),
    standing: standings[at % standings.length] ?? "approved",
    registered: FIRST + at * 60_000,
    person: known(at),
    several: at % 41 === 0,
    through: at % 2 === 0 ? "elsewhere" : "liaison",
    source: null,
    hasLink: true,
    answers: [],
    pending: null,
  };
}
