// The room Webinars.

import Presentation from "@lucide/svelte/icons/presentation";
import { attendance } from "../../state/attendance.svelte";
import { campaign } from "../../state/campaign.svelte";
import { questionsForm } from "../../state/formQuestions.svelte";
import { jobs } from "../../state/jobs.svelte";
import { registerSheet } from "../../state/registering.svelte";
import { registrants } from "../../state/registrants.svelte";
import { webinarSheet } from "../../state/webinarDraft.svelte";
import { webinars } from "../../state/webinars.svelte";
import type { Room } from "../room";
import { shownAttendee, shownRegistrant } from "./chosen";
import { webinarCommands } from "./commands";
import WebinarDock from "./WebinarDock.svelte";
import WebinarInspector from "./WebinarInspector.svelte";
import WebinarsPage from "./WebinarsPage.svelte";

function start(): () => void {
  void webinars.pin.open();
  void jobs.list.open();
  // The window is left with its profile: another one's webinars are not these.
  return () => {
    for (const one of [webinars, registrants, attendance, jobs]) one.forgetAll();
    for (const sheet of [registerSheet, webinarSheet, campaign]) sheet.close();
    questionsForm.discard();
  };
}

/** The details beside a page are those of the row that is chosen in it. */
function chosen(): boolean {
  if (webinars.shown === null) return webinars.selected !== null;
  return shownRegistrant() !== null || shownAttendee() !== null;
}

export const webinarsRoom: Room<"webinars"> = {
  id: "webinars",
  title: "room-webinars",
  icon: Presentation,
  page: WebinarsPage,
  inspector: { view: WebinarInspector, chosen },
  dock: WebinarDock,
  start,
  commands: webinarCommands,
  list: { selects: true, filters: true },
};
