// What a command of the window is.

import { t, type MessageKey } from "../i18n/messages.svelte";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";

/** Where a key works: everywhere, in every list, in sheets, or in one room, by its id. */
export type CommandGroup = "anywhere" | "lists" | "sheets" | (string & {});

export interface Command {
  id: string;
  /** A message, or words that are made of others. */
  title: MessageKey | (() => string);
  group: CommandGroup;
  keys?: readonly string[];
  /** It has something to do with what is on show now. */
  when?: () => boolean;
  /** Why it can't be done with that all the same: told to whoever presses its key. */
  reason?: () => string | undefined;
  /** Gets the key press where it was one. */
  run: (event?: KeyboardEvent) => void;
  /** Also works while a sheet is open. */
  overSheets?: boolean;
  /** Not listed in the palette: it makes sense as a key only. */
  keyOnly?: boolean;
}

/** A profile is open and nothing else has the window. */
export const ready = () => session.app?.phase.kind === "ready" && !router.connecting;

export const titleOf = ({ title }: Pick<Command, "title">): string => (typeof title === "string" ? t(title) : title());
