// What can be done with a webinar beside registering people for it.

import type { MenuEntry } from "../../components/Menu.svelte";
import type { WebinarDetail } from "../../host";
import { t } from "../../i18n/messages.svelte";
import { campaign } from "../../state/campaign.svelte";
import { webinarSheet } from "../../state/webinarDraft.svelte";
import { webinars } from "../../state/webinars.svelte";

/** Zoom lets the host change what is still to come. */
export const canChange = ({ row }: WebinarDetail) => (row.progress === "upcoming" || row.progress === "running") && row.pending?.deletes !== true;

export const canStart = ({ row }: WebinarDetail) => row.progress !== "past" && row.progress !== "deleted";

/** One press registers for it only while somebody can be registered. */
export const canPin = ({ row, block }: WebinarDetail) => row.pinned || block === null;

export function webinarMenu(detail: WebinarDetail): MenuEntry[] {
  const { row } = detail;
  const entry = (possible: boolean, id: string, label: string, run: () => void, keys?: string): MenuEntry[] => (possible ? [{ id, label, run, ...(keys ? { keys } : {}) }] : []);
  return [
    ...entry(canStart(detail), "webinar-start", t("webinar-start"), () => void webinars.start(row.id), "S"),
    ...entry(canStart(detail), "webinar-join", t("webinar-join"), () => void webinars.join(row.id), "Mod+Shift+J"),
    ...entry(detail.hasJoinLink, "webinar-copy-join", t("webinar-copy-join"), () => void webinars.copy(row.id, "joinLink"), "Mod+C"),
    ...entry(detail.registrationUrl !== null, "webinar-copy-registration", t("webinar-copy-registration"), () => void webinars.copy(row.id, "registrationLink")),
    ...entry(detail.hasPasscode, "webinar-copy-passcode", t("webinar-copy-passcode"), () => void webinars.copy(row.id, "passcode")),
    ...entry(canPin(detail), "webinar-pin", t(row.pinned ? "webinar-unpin" : "webinar-pin"), () => void webinars.togglePin(row), "P"),
    ...entry(true, "webinar-campaign", t("webinar-campaign"), () => void campaign.open(row.id)),
    ...entry(canChange(detail), "webinar-edit", t("webinar-edit"), () => void webinarSheet.open(row.id), "E"),
    ...entry(canChange(detail), "webinar-delete", t("webinar-delete-ask"), () => (webinars.deleting = detail)),
  ];
}
