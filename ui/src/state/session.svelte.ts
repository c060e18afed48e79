// Who is signed in, what is set, how the connection stands: all that the frame needs.

import { host, type Account, type AppState, type Provider, type Settings } from "../host";
import { speak } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { Resource } from "./resource.svelte";
import { wear } from "./theme";

class Session extends Resource<AppState> {
  constructor() {
    super(
      ["session", "settings", "outbox"],
      () => host().getAppState(),
      (app) => {
        speak(app.settings.language);
        wear(app.settings.theme);
      },
    );
  }

  get app(): AppState | null {
    return this.data;
  }
  get demo(): boolean {
    return this.data?.phase.kind === "ready" && this.data.phase.demo;
  }
  get zone(): string {
    return this.data?.zone ?? "UTC";
  }
  get mac(): boolean {
    return this.data?.mac ?? false;
  }
  /** Single letters work as shortcuts. */
  get letters(): boolean {
    return this.data?.settings.letterShortcuts ?? true;
  }

  account(provider: Provider): Account | undefined {
    return this.data?.accounts.find((account) => account.provider === provider);
  }

  /** Changes some settings; the others stay. True when they were stored. */
  async change(changes: Partial<Settings>): Promise<boolean> {
    if (!this.data) return false;
    const settings = { ...this.data.settings, ...changes };
    const stored = await attempt(() => host().updateSettings(settings));
    if (stored) await this.refresh();
    return stored;
  }
}

export const session = new Session();
