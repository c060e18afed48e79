// What can be done with the shown day and its chosen meeting.

import { ready } from "../../commands/command";
import { differences } from "../../state/differences.svelte";
import { mailInvitation, saveInvitation } from "../../state/invitations";
import { canChange, canLog, meetingChanges } from "../../state/meetingChanges.svelte";
import { router } from "../../state/router.svelte";
import { schedule } from "../../state/schedule.svelte";
import { seriesRule } from "../../state/seriesRule.svelte";
import { canEnter, today } from "../../state/today.svelte";
import type { Room } from "../room";

const inToday = () => ready() && router.room === "today";
const inWeek = () => inToday() && today.view === "week";
/** The day or the week, where the arrows lead on. */
const inPlan = () => inToday() && (today.view === "day" || today.view === "week");

export const todayCommands: NonNullable<Room["commands"]> = [
  {
    id: "day-before",
    title: "command-day-before",
    keys: ["ArrowLeft"],
    when: inPlan,
    run: () => today.step(-1),
  },
  {
    id: "day-after",
    title: "command-day-after",
    keys: ["ArrowRight"],
    when: inPlan,
    run: () => today.step(1),
  },
  {
    id: "day-today",
    title: "command-day-today",
    keys: ["T"],
    when: inToday,
    run: () => void (today.view === "week" ? today.goWeek(0) : today.go(0)),
  },
  { id: "week-before", title: "week-before", keys: ["PageUp"], when: inWeek, run: () => today.step(-1) },
  { id: "week-after", title: "week-after", keys: ["PageDown"], when: inWeek, run: () => today.step(1) },
  { id: "view-day", title: "command-view-day", keys: ["D"], when: inToday, run: () => today.look("day") },
  { id: "view-week", title: "command-view-week", keys: ["W"], when: inToday, run: () => today.look("week") },
  {
    id: "enter-selected",
    title: "command-enter-selected",
    when: () => inToday() && today.selectedRow !== null && canEnter(today.selectedRow),
    run: () => {
      if (today.selectedRow) void today.enter(today.selectedRow);
    },
  },
  {
    id: "meeting-edit",
    title: "command-meeting-edit",
    keys: ["E"],
    when: () => inToday() && canChange(today.selectedRow),
    run: () => void (today.selected && schedule.edit(today.selected)),
  },
  {
    id: "series-rule",
    title: "command-series-rule",
    when: () => inToday() && canChange(today.selectedRow) && today.selectedRow?.recurring === true,
    run: () => void (today.selected && seriesRule.open(today.selected)),
  },
  {
    id: "meeting-cancel",
    title: "command-meeting-cancel",
    keys: ["Delete", "Backspace"],
    when: () => inToday() && canChange(today.selectedRow),
    run: () => {
      if (today.selectedRow) meetingChanges.ask(today.selectedRow);
    },
  },
  {
    id: "meeting-follow-up",
    title: "command-meeting-follow-up",
    keys: ["F"],
    when: () => inToday() && today.selected !== null,
    run: () => void (today.selected && schedule.followUp(today.selected)),
  },
  {
    id: "meeting-log",
    title: "command-meeting-log",
    keys: ["L"],
    when: () => inToday() && canLog(today.selectedRow),
    run: () => {
      if (today.selectedRow) void meetingChanges.logEvent(today.selectedRow);
    },
  },
  {
    id: "meeting-log-all",
    title: "command-meeting-log-all",
    when: () => inToday() && meetingChanges.loggable.length > 0,
    run: () => void meetingChanges.logAll(),
  },
  {
    id: "differences",
    title: "command-differences",
    when: ready,
    run: () => differences.show(),
  },
  {
    id: "copy-invitation",
    title: "command-copy-invitation",
    when: () => inToday() && today.selected !== null,
    run: () => {
      if (today.selected) void today.copy(today.selected, "invitation");
    },
  },
  {
    id: "mail-invitation",
    title: "command-mail-invitation",
    when: () => inToday() && today.selectedRow?.joinable === true,
    run: () => {
      if (today.selected) void mailInvitation(today.selected);
    },
  },
  {
    id: "save-invitation",
    title: "command-save-invitation",
    when: () => inToday() && today.selectedRow?.joinable === true,
    run: () => {
      if (today.selectedRow) void saveInvitation(today.selectedRow.id, today.selectedRow.topic);
    },
  },
];
