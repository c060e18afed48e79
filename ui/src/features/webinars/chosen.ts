// Whoever is chosen on the open page of a webinar: what a page before it had chosen is nobody there.

import type { AttendanceRow, RegistrantRow } from "../../host";
import { attendance } from "../../state/attendance.svelte";
import { registrants } from "../../state/registrants.svelte";
import { webinars } from "../../state/webinars.svelte";

const isOpen = (tab: typeof webinars.tab, webinar: string | null) => webinars.shown !== null && webinars.tab === tab && webinar === webinars.shown;

export const shownRegistrant = (): RegistrantRow | null => (isOpen("registrants", registrants.webinar) ? registrants.selectedRow : null);

export const shownAttendee = (): AttendanceRow | null => (isOpen("attendance", attendance.webinar) ? attendance.selectedRow : null);
