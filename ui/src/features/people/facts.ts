// What is known of a person, as labels and values.

import type { PersonDetail } from "../../host";
import { moment } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";
import type { Fact } from "../../kit/facts";
import { clock } from "../../state/clock.svelte";
import { touchedOn } from "./words";

function fact(id: string, label: string, value: string | null | undefined): Fact[] {
  return value ? [{ id, label, value }] : [];
}

export function factsOf({ row, emails, status }: PersonDetail): Fact[] {
  const [first, ...more] = emails;
  return [
    ...fact("email", t("person-email"), first ?? t("person-no-email")),
    ...more.map((email, index) => ({ id: `email-${index}`, label: t("person-more-email"), value: email })),
    ...fact("owner", t("person-owner"), row.mine ? t("owner-you") : row.owner),
    ...fact("status", t("person-status"), status),
    ...fact("touched", t("person-touched"), touchedOn(row.lastTouch, clock.now)),
    ...fact("next", t("person-next-short"), row.nextMeeting === null ? null : moment(row.nextMeeting, clock.now)),
  ];
}
