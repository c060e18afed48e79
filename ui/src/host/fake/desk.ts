// First steps, the demo's troubles, keys of the system, and files for another computer, as the engine tells them.

import { HostError, type FirstStep, type Host, type Hotkey, type HotkeyProblem, type Hotkeys, type Tag, type Transfer, type TransferProblem, type Trouble } from "../types";

const STEPS: readonly FirstStep[] = ["meeting", "call", "palette", "schedule", "hotkey"];
const SHORTEST = 10;

export type DeskCommands = Pick<
  Host,
  "getAppFacts" | "copyText" | "getFirstSteps" | "showFirstSteps" | "getSimulation" | "simulate" | "exportKnown" | "readTransfer" | "takeTransfer" | "getHotkeys" | "setHotkey"
>;

interface Around {
  now: () => number;
  answer: () => Promise<void>;
  changed: (tag: Tag) => void;
  note: (line: string) => void;
  /** What the rest of the simulation shows of it; throws outside the demo. */
  troubled: (trouble: Trouble | null) => void;
}

/** `?hotkeys=none` is a system that gives no keys, `?steps=` those that are done; the passphrase of any file is `correct horse`. */
export class FakeDesk {
  readonly done = new Set<FirstStep>();
  shown: boolean;
  trouble: Trouble | null = null;
  readonly hotkeys: Hotkeys;
  /** The next key meets this. */
  refuses: HotkeyProblem | null = null;
  /** The next file is this. */
  fileIs: TransferProblem | null = null;

  constructor(
    wanted: URLSearchParams,
    readonly around: Around,
  ) {
    const done = wanted.get("steps");
    for (const step of STEPS) if (done?.split(",").includes(step)) this.done.add(step);
    this.shown = done !== "away";
    this.hotkeys = {
      possible: wanted.get("hotkeys") !== "none",
      command: "liaison --join",
      rows: [
        { hotkey: "join", keys: null, works: false, suggested: "Ctrl+Alt+KeyJ" },
        { hotkey: "open", keys: null, works: false, suggested: "Ctrl+Alt+Space" },
      ],
    };
  }

  did(step: FirstStep): void {
    if (this.done.has(step)) return;
    this.done.add(step);
    this.around.changed("settings");
  }

  opened(passphrase: string): void {
    if (this.fileIs) throw new HostError({ kind: "transfer", problem: this.fileIs });
    if (passphrase !== "correct horse") throw new HostError({ kind: "transfer", problem: "wrongPassphrase" });
  }

  transfer(): Transfer {
    return {
      made: this.around.now() - 3_600_000,
      parts: [
        { what: "callNotes", fresh: 12, newer: 2, stays: 1, unreadable: 0 },
        { what: "callLinks", fresh: 31, newer: 0, stays: 0, unreadable: 1 },
        { what: "numberChoices", fresh: 3, newer: 0, stays: 0, unreadable: 0 },
        { what: "settings", fresh: 4, newer: 0, stays: 2, unreadable: 0 },
      ],
    };
  }

  set(hotkey: Hotkey, keys: string | null): ReturnType<Host["setHotkey"]> {
    const row = this.hotkeys.rows.find((one) => one.hotkey === hotkey);
    const problem = this.refuses ?? (keys !== null && this.hotkeys.rows.some((other) => other !== row && other.keys === keys) ? "otherOfOurs" : null);
    this.refuses = null;
    if (problem) return Promise.resolve({ kind: "refused", problem });
    if (row) [row.keys, row.works] = [keys, keys !== null];
    if (keys !== null) this.did("hotkey");
    return Promise.resolve({ kind: keys === null ? "off" : "on" });
  }
}

export function deskCommands(desk: FakeDesk): DeskCommands {
  const { around } = desk;
  return {
    async getAppFacts(provider) {
      await around.answer();
      return provider === "zoom"
        ? { redirects: ["http://127.0.0.1/callback"], scopes: ["meeting:read:list_meetings", "user:read:user"] }
        : { redirects: [17171, 17172, 17173].map((port) => `http://localhost:${port}/salesforce/callback`), scopes: ["api", "refresh_token"] };
    },
    async copyText(text) {
      await around.answer();
      around.note(`copy text ${text}`);
    },
    async getFirstSteps() {
      await around.answer();
      return { steps: STEPS.map((step) => ({ step, done: desk.done.has(step) })), shown: desk.shown };
    },
    async showFirstSteps(shown) {
      await around.answer();
      desk.shown = shown;
      around.changed("settings");
    },
    async getSimulation() {
      await around.answer();
      return desk.trouble;
    },
    async simulate(trouble) {
      await around.answer();
      around.troubled(trouble);
      desk.trouble = trouble;
      around.changed("session");
    },
    async exportKnown(name, passphrase) {
      await around.answer();
      if ([...passphrase].length < SHORTEST)
        throw new HostError({ kind: "invalid", issues: [{ field: "passphrase", problem: passphrase === "" ? { kind: "missing" } : { kind: "tooShort", min: SHORTEST } }] });
      around.note(`export ${name}`);
      return 48;
    },
    async readTransfer(_, passphrase) {
      await around.answer();
      desk.opened(passphrase);
      return desk.transfer();
    },
    async takeTransfer(_, passphrase) {
      await around.answer();
      desk.opened(passphrase);
      around.note("import");
      around.changed("settings");
      return desk.transfer();
    },
    async getHotkeys() {
      await around.answer();
      return { ...desk.hotkeys, rows: desk.hotkeys.rows.map((row) => ({ ...row })) };
    },
    async setHotkey(hotkey, keys) {
      await around.answer();
      return desk.set(hotkey, keys);
    },
  };
}
