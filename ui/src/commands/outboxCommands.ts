// What can be done with the chosen row of the outbox, and with all of it.

import { outbox } from "../state/outbox.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { ready, type Command } from "./command";

const inOutbox = () => ready() && router.room === "outbox";
const chosen = () => outbox.selectedItem;
export const outboxCommands: readonly Command[] = [
  {
    id: "outbox-undo",
    title: "command-outbox-undo",
    group: "outbox",
    keys: ["U"],
    when: () => inOutbox() && chosen()?.canUndo === true,
    run: () => void (outbox.selected && outbox.undo(outbox.selected)),
  },
  {
    id: "outbox-retry",
    title: "command-outbox-retry",
    group: "outbox",
    keys: ["R"],
    when: () => inOutbox() && chosen()?.canRetry === true,
    run: () => void (outbox.selected && outbox.retry(outbox.selected)),
  },
  {
    id: "outbox-reopen",
    title: "command-outbox-reopen",
    group: "outbox",
    keys: ["E"],
    when: () => inOutbox() && chosen()?.canReopen === true,
    run: () => void (outbox.selected && schedule.reopen(outbox.selected)),
  },
  {
    id: "outbox-theirs",
    title: "command-outbox-theirs",
    group: "outbox",
    keys: ["T"],
    when: () => inOutbox() && chosen()?.canDecide === true,
    run: () => void (outbox.selected && outbox.decide(outbox.selected, false)),
  },
  {
    id: "outbox-mine",
    title: "command-outbox-mine",
    group: "outbox",
    keys: ["M"],
    when: () => inOutbox() && chosen()?.canDecide === true,
    run: () => void (outbox.selected && outbox.decide(outbox.selected, true)),
  },
  {
    id: "outbox-open",
    title: "command-outbox-open",
    group: "outbox",
    keys: ["O"],
    when: () => inOutbox() && chosen()?.canOpen === true,
    run: () => void (outbox.selected && outbox.openRecord(outbox.selected)),
  },
  {
    id: "outbox-discard",
    title: "command-outbox-discard",
    group: "outbox",
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
    group: "outbox",
    keys: ["P"],
    when: () => inOutbox() && chosen()?.canRestore === true,
    run: () => void (outbox.selected && outbox.restore(outbox.selected)),
  },
  {
    id: "outbox-pause",
    title: "command-outbox-pause",
    group: "outbox",
    when: () => ready() && outbox.data !== null && !outbox.data.paused,
    run: () => void outbox.pause(true),
  },
  {
    id: "outbox-resume",
    title: "command-outbox-resume",
    group: "outbox",
    when: () => ready() && outbox.data?.paused === true,
    run: () => void outbox.pause(false),
  },
];
