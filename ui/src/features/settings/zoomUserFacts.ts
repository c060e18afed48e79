// What Zoom says of the user, as labels and values.

import type { PersonalRoom, RoomAccess, ZoomPhone, ZoomPlan, ZoomService, ZoomUser } from "../../host";
import { number } from "../../i18n/format";
import { t, type MessageKey } from "../../i18n/messages.svelte";
import type { Fact } from "../../kit/facts";

const services: Record<ZoomService, MessageKey> = {
  webinar: "zoom-service-webinar",
  phone: "zoom-service-phone",
  largeMeeting: "zoom-service-large",
  events: "zoom-service-events",
};
const plans: Record<ZoomPlan, MessageKey> = { basic: "zoom-plan-basic", licensed: "zoom-plan-licensed", without: "zoom-plan-without" };

const fact = (id: string, label: string, value: string | null | undefined, copies = false): Fact[] => (value ? [{ id, label, value, copies }] : []);

export function accountFacts(user: ZoomUser): Fact[] {
  return [
    ...fact("userId", t("zoom-user-id"), user.userId, true),
    ...fact("email", t("zoom-user-email"), user.email, true),
    ...(user.plan
      ? [
          {
            id: "plan",
            label: t("zoom-user-plan"),
            value: t(plans[user.plan]),
            ...(user.meetingCapacity === null ? {} : { note: t("zoom-capacity", { count: user.meetingCapacity, shown: number(user.meetingCapacity) }) }),
          },
        ]
      : []),
  ];
}

export function phoneFacts(phone: ZoomPhone): Fact[] {
  return [
    ...fact("phoneId", t("zoom-phone-id"), phone.id, true),
    ...fact("extension", t("zoom-phone-extension"), phone.extension, true),
    ...phone.numbers.flatMap((one, index) => fact(`number-${index}`, t("zoom-phone-number"), one, true)),
  ];
}

export function addOnFacts(user: ZoomUser): Fact[] {
  return user.addOns.map(({ service, has, capacity }) => ({
    id: service,
    label: t(services[service]),
    value: t(has === null ? "zoom-add-on-unknown" : has ? "zoom-add-on-there" : "zoom-add-on-none"),
    masked: has !== true,
    ...(capacity === null ? {} : { note: t("zoom-capacity", { count: capacity, shown: number(capacity) }) }),
  }));
}

/** `known` when Zoom was allowed to tell whether there is a passcode. */
export function roomFacts(room: PersonalRoom, known: boolean): Fact[] {
  const passcode = known ? t(room.hasPasscode ? "room-passcode-set" : "passcode-none") : t("zoom-add-on-unknown");
  return [
    { id: "numberAndPasscode", label: t("meeting-id"), value: room.number, copies: true, ...(room.forScheduled ? { note: t("room-for-scheduled") } : {}) },
    ...fact("link", t("join-link"), room.link, true),
    { id: "passcode", label: t("passcode"), value: passcode, masked: true, copies: room.hasPasscode },
  ];
}

const refusals: Record<"settings" | "phone", Record<"scope" | "forbidden" | "ask", MessageKey>> = {
  settings: { scope: "zoom-user-settings-scope", forbidden: "zoom-user-settings-forbidden", ask: "zoom-user-settings-forbidden-ask" },
  phone: { scope: "zoom-user-phone-scope", forbidden: "zoom-user-phone-forbidden", ask: "zoom-user-phone-forbidden-ask" },
};

/** Why a part can't be read, with the sentence for the administrator; nothing where it can, or where there is none of it. */
export function refusedWords(told: RoomAccess, part: "settings" | "phone"): { title: string; text: string; ask: string } | null {
  switch (told.kind) {
    case "missingScope":
      return { title: t(refusals[part].scope), text: t("access-scope-text"), ask: t("access-scope-ask", { scope: told.scope }) };
    case "forbidden":
      return { title: t(refusals[part].forbidden), text: t("access-scope-text"), ask: t(refusals[part].ask) };
    default:
      return null;
  }
}
