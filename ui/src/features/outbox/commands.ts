// What can be done with the chosen row of the outbox, and with all of it.

import { ready } from "../../commands/command";
import { outbox } from "../../state/outbox.svelte";
import { router } from "../../state/router.svelte";
import { schedule } from "../../state/schedule.svelte";
import type { Room } from "../room";

const inOutbox = () => ready() && router.room === "outbox";
const chosen = () => outbox.selectedItem;

export const outboxCommands: NonNullable<Room["commands"]> = [
  {
    id: "outbox-undo",
    title: "command-outbox-undo",
    keys: ["U"],
    when: () => inOutbox() && chosen()?.canUndo === true,
    run: () => void (outbox.selected && outbox.undo(outbox.selected)),
  },
  {
    id: "outbox-retry",
    title: "command-outbox-retry",
    keys: ["R"],
    when: () => inOutbox() && chosen()?.canRetry === true,
    run: () => void (outbox.selected && outbox.retry(outbox.selected)),
  },
  {
    id: "outbox-reopen",
    title: "command-outbox-reopen",
    keys: ["E"],
    when: () => inOutbox() && chosen()?.canReopen === true,
    run: () => void (outbox.selected && schedule.reopen(outbox.selected)),
  },
  {
    id: "outbox-theirs",
    title: "command-outbox-theirs",
    keys: ["T"],
    when: () => inOutbox() && chosen()?.canDecide === true,
    run: () => void (outbox.selected && outbox.decide(outbox.selected, false)),
  },
  {
    id: "outbox-mine",
    title: "command-outbox-mine",
    keys: ["M"],
    when: () => inOutbox() && chosen()?.canDecide === true,
    run: () => void (outbox.selected && outbox.decide(outbox.selected, true)),
  },
  {
    id: "outbox-open",
    title: "command-outbox-open",
    keys: ["O"],
    when: () => inOutbox() && chosen()?.canOpen === true,
    run: () => void (outbox.selected && outbox.openRecord(outbox.selected)),
  },
  {
    id: "outbox-discard",
    title: "command-outbox-discard",
    keys: ["Delete", "Backspace"],
    when: () => inOutbox() && chosen()?.canDiscard === true,
    run: () => {
      const item = chosen();
      if (item) void outbox.discard(item);
    },
  },
  {
    id: "outbox-restore",
    title: "command-outbox-restore",
    keys: ["P"],
    when: () => inOutbox() && chosen()?.canRestore === true,
    run: () => void (outbox.selected && outbox.restore(outbox.selected)),
  },
  {
    id: "outbox-pause",
    title: "command-outbox-pause",
    when: () => ready() && outbox.data !== null && !outbox.data.paused,
    run: () => void outbox.pause(true),
  },
  {
    id: "outbox-resume",
    title: "command-outbox-resume",
    when: () => ready() && outbox.data?.paused === true,
    run: () => void outbox.pause(false),
  },
];
