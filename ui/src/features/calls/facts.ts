// A call's figures as labels and values.

import type { CallDetail } from "../../host";
import { clockTime, isoDay, talkTime, writtenDate } from "../../i18n/format";
import { listed } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";
import type { Fact } from "../../kit/facts";
import { directionOf, outcomes, partyOf, recordOf } from "./words";

/** What the Task in Salesforce will hold. */
export function writtenOf(detail: CallDetail): Fact[] {
  const { row, note } = detail;
  if (!row.person) return [];
  const description = [note.note.trim() ? t("written-your-note") : "", row.number ? t("written-number") : "", detail.path.length > 0 ? t("written-path") : ""];
  return [
    { id: "subject", label: t("field-subject"), value: t("call-subject", { name: row.person.name }) },
    { id: "who", label: t("written-name"), value: row.person.name, note: recordOf(row.person.id) },
    { id: "type", label: t("written-type"), value: directionOf(row) },
    { id: "result", label: t("written-result"), value: note.disposition ?? t(outcomes[row.outcome]) },
    { id: "duration", label: t("written-duration"), value: t("seconds", { seconds: row.seconds }) },
    { id: "date", label: t("written-date"), value: writtenDate(isoDay(row.start)) },
    { id: "description", label: t("field-description"), value: listed(description.filter(Boolean)) },
  ].filter(({ value }) => value !== "");
}

function fact(id: string, label: string, value: string | null | undefined): Fact[] {
  return value ? [{ id, label, value }] : [];
}

/** When what happened, how long, and who rang whom, as Zoom tells it. */
export function timesOf(detail: CallDetail): Fact[] {
  const length = (seconds: number) => (seconds > 0 ? talkTime(seconds) : null);
  const time = (at: number | null) => (at === null ? null : clockTime(at));
  return [
    ...fact("rang", t("times-rang"), time(detail.ringStart)),
    ...fact("answered", t("times-answered"), time(detail.answerStart)),
    ...fact("ended", t("times-ended"), time(detail.end)),
    ...fact("talk", t("times-talk"), length(detail.talkSeconds)),
    ...fact("hold", t("times-hold"), length(detail.holdSeconds)),
    ...fact("wait", t("times-wait"), length(detail.waitSeconds)),
    ...fact("caller", t("times-caller"), partyOf(detail.caller)),
    ...fact("callee", t("times-callee"), partyOf(detail.callee)),
    ...fact("through", t("times-through"), detail.through && partyOf(detail.through)),
    ...fact("others", t("times-others"), detail.others.length > 0 ? listed(detail.others.map(partyOf)) : null),
    ...fact("result", t("times-result"), detail.result?.replaceAll("_", " ")),
    ...fact("id", t("times-id"), detail.callId),
  ];
}
