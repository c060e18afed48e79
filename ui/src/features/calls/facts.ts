// A call's figures as labels and values.

import type { CallDetail } from "../../host";
import { clockTime, listed, talkTime, writtenDate } from "../../i18n/format";
import { t, type MessageKey } from "../../i18n/messages.svelte";
import type { Fact } from "../../kit/facts";
import { clock } from "../../state/clock.svelte";
import { contentText, fieldLabel } from "../outbox/words";
import { endWords, partyOf, recordOf } from "./words";

/** The values that Salesforce has for which way a call went. */
const ways: Record<string, MessageKey> = { Inbound: "call-in", Outbound: "call-out", Internal: "call-internal" };

/** What the Task in Salesforce will hold, field by field. */
export function writtenOf({ writing, row }: CallDetail): Fact[] {
  return writing.fields.map(({ name, value }) => {
    const text = contentText(name, value, clock.now);
    const way = name === "CallType" ? ways[text] : undefined;
    return {
      id: name,
      label: fieldLabel(name),
      value: way ? t(way) : name === "CallDurationInSeconds" ? t("seconds", { seconds: Number(text) }) : name === "ActivityDate" ? writtenDate(text) : text,
      ...(name === "WhoId" && row.person ? { note: recordOf(row.person.id) } : {}),
    };
  });
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
    ...fact("result", t("times-result"), endWords(detail.result, detail.resultReason)),
    ...fact("id", t("times-id"), detail.callId),
  ];
}
