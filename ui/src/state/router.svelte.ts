// Where the user is: the room, the way back, the sheets above it, and how the frame is laid out.

import type { RoomId } from "../features/rooms";
import { host } from "../host";
import type { MessageKey } from "../i18n/messages.svelte";

export type SheetId = "schedule" | "settings" | "shortcuts" | "palette" | "series-rule";
/** A room with settings has its part under its own id. */
export type SettingsPart = "appearance" | "accounts" | "meetings" | "reminders" | "background" | "privacy" | "shortcuts" | "about" | RoomId;

interface FrameState {
  room: RoomId;
  collapsed: boolean;
  inspector: boolean;
}

const KEY = "frame";

class Router {
  room = $state<RoomId>("today");
  /** At most one sheet is open; dialogs may lie above it. */
  sheet = $state<SheetId | null>(null);
  settingsPart = $state<SettingsPart>("appearance");
  /** The setting that the sheet goes to when it opens, by its title's message. */
  setting = $state<MessageKey | null>(null);
  /** The pages for connecting accounts, open over whatever phase there is. */
  connecting = $state(false);
  collapsed = $state(false);
  /** The inspector is a column of the window, where it is wide enough. */
  pinned = $state(true);
  /** The inspector lies over the list, where the window is narrow. */
  peeking = $state(false);
  narrow = $state(false);
  /** So narrow, as at a zoom of 200 %, that the sidebar shows its signs only. */
  tight = $state(false);
  #back: RoomId[] = [];
  #forward: RoomId[] = [];

  /** The sidebar shows its signs only. */
  get slim(): boolean {
    return this.collapsed || this.tight;
  }

  get inspecting(): boolean {
    return this.narrow ? this.peeking : this.pinned;
  }

  /** Takes up where the user was, if that room is still there. */
  async restore(rooms: readonly RoomId[]): Promise<void> {
    try {
      const stored = await host().getUiState(KEY);
      const state = stored ? (JSON.parse(stored) as Partial<FrameState>) : {};
      this.room = rooms.find((room) => room === state.room) ?? this.room;
      this.collapsed = state.collapsed === true;
      this.pinned = state.inspector !== false;
    } catch {
      // Where things were is a comfort; without it the window opens as new.
    }
  }

  go(room: RoomId): void {
    if (room === this.room) return;
    this.#back.push(this.room);
    this.#forward = [];
    this.#enter(room);
  }

  back(): void {
    const room = this.#back.pop();
    if (!room) return;
    this.#forward.push(this.room);
    this.#enter(room);
  }

  forward(): void {
    const room = this.#forward.pop();
    if (!room) return;
    this.#back.push(this.room);
    this.#enter(room);
  }

  openSettings(part: SettingsPart = "appearance", setting: MessageKey | null = null): void {
    this.settingsPart = part;
    this.setting = setting;
    this.sheet = "settings";
  }

  toggleSidebar(): void {
    this.collapsed = !this.collapsed;
    this.#store();
  }

  inspect(open: boolean): void {
    if (this.narrow) {
      this.peeking = open;
    } else {
      this.pinned = open;
      this.#store();
    }
  }

  #enter(room: RoomId): void {
    this.room = room;
    this.peeking = false;
    this.#store();
  }

  #store(): void {
    const state: FrameState = { room: this.room, collapsed: this.collapsed, inspector: this.pinned };
    host()
      .setUiState(KEY, JSON.stringify(state))
      .catch(() => undefined);
  }
}

export const router = new Router();
