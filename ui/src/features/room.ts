// A room of the window as one value. Its folder makes it; the list in rooms.ts gives it its place.

import type { LucideIcon } from "@lucide/svelte";
import type { Component } from "svelte";
import type { Command } from "../commands/command";
import type { Chosen } from "../state/schedule.svelte";
import type { MessageKey } from "../i18n/messages.svelte";

/** A number beside the name of a room. */
export interface Badge {
  count: number;
  /** It asks for the user. */
  urgent: boolean;
  /** What the number counts; takes `count`. */
  words: MessageKey;
}

export interface Room<Id extends string = string> {
  id: Id;
  title: MessageKey;
  icon: LucideIcon;
  page: Component;
  /** What the column beside the page shows, and whether anything is chosen that it can show. */
  inspector?: { view: Component; chosen: () => boolean };
  /** What it has under every room, such as a job that goes on. */
  dock?: Component;
  badge?: () => Badge | null;
  /** With whom a meeting is that is planned from here. */
  person?: () => Chosen | null;
  /** The same for several who are selected; empty where nobody is. */
  selected?: () => Chosen[];
  /** Follows what its badge counts for as long as the window is open; returns the way to stop. */
  start?: () => () => void;
  /** What can be done here, beside what can be done anywhere; the room is their group. */
  commands?: readonly Omit<Command, "group">[];
  /** What its list can do beside moving; the shortcut sheet tells only of what is there. */
  list?: { selects?: boolean; filters?: boolean };
  /** Its part of the settings, under its own title. */
  settings?: Component;
}
