// What a command of the window is.

import type { MessageKey } from "../i18n/messages.svelte";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";

export type CommandGroup = "anywhere" | "lists" | "today" | "outbox" | "sheets";

export interface Command {
  id: string;
  title: MessageKey;
  group: CommandGroup;
  keys?: readonly string[];
  /** Possible now. */
  when?: () => boolean;
  run: () => void;
  /** Also works while a sheet is open. */
  overSheets?: boolean;
  /** Not listed in the palette: it makes sense as a key only. */
  keyOnly?: boolean;
}

/** A profile is open and nothing else has the window. */
export const ready = () => session.app?.phase.kind === "ready" && !router.connecting;
