// Who is signed in, what is set, how the connection stands: all that the frame needs.

import { ariaKeys, isLetter } from "../commands/keys";
import { host, type Account, type AppState, type Provider, type Settings, type Status } from "../host";
import { providerName } from "../features/errors/presentation";
import { keepTime } from "../i18n/clocks.svelte";
import { speak, t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";
import { arrange, wear } from "./theme";
import { toasts } from "./toasts.svelte";

class Session extends Reading<"getAppState"> {
  #status: Status["kind"] | undefined;
  #percent: number | undefined;
  #changing: Promise<unknown> = Promise.resolve();

  constructor() {
    super(
      "getAppState",
      () => [],
      (app) => {
        keepTime(app.clocks);
        speak(app.settings.language);
        wear(app.settings.theme);
        arrange(app.settings.density, app.settings.accent);
        this.#zoom(app.settings.textPercent);
        this.#tell(app.status);
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
    return this.data?.clocks.zone ?? "UTC";
  }
  get mac(): boolean {
    return this.data?.mac ?? false;
  }
  /** Single letters work as shortcuts. */
  get letters(): boolean {
    return this.data?.settings.letterShortcuts ?? true;
  }
  /** For `aria-keyshortcuts`: nothing where the shortcut would do nothing. */
  announces(keys: string | undefined): string | undefined {
    return keys !== undefined && (this.letters || !isLetter(keys)) ? ariaKeys(keys, this.mac) : undefined;
  }

  account(provider: Provider): Account | undefined {
    return this.data?.accounts.find((account) => account.provider === provider);
  }

  /** A lost sign-in and a lost network are worth a word; a routine sync is not. */
  #tell(status: Status): void {
    const before = this.#status;
    this.#status = status.kind;
    if (before === undefined || before === status.kind) return;
    if (status.kind === "signInNeeded") toasts.announce(t("status-sign-in", { provider: providerName(status.provider) }));
    else if (status.kind === "offline") toasts.announce(t("status-offline"));
  }

  #zoom(percent: number): void {
    if (percent === this.#percent) return;
    this.#percent = percent;
    // Text of another size is a comfort; that it did not come is no news for the user.
    host()
      .zoomWindow(percent)
      .catch(() => (this.#percent = undefined));
  }

  /** Changes some settings; the others stay. True when they were stored. */
  async change(changes: Partial<Settings> | ((now: Settings) => Partial<Settings>)): Promise<boolean> {
    return this.data !== null && attempt(() => this.store(changes));
  }

  /** The same, where the caller says what is wrong with them. */
  async store(changes: Partial<Settings> | ((now: Settings) => Partial<Settings>)): Promise<void> {
    // One after the other: each is made on what the one before has stored.
    const stored = this.#changing.then(() => this.#store(changes));
    this.#changing = stored.catch(() => undefined);
    return stored;
  }

  async #store(changes: Partial<Settings> | ((now: Settings) => Partial<Settings>)): Promise<void> {
    if (!this.data) return;
    const now = this.data.settings;
    const settings = { ...now, ...(typeof changes === "function" ? changes(now) : changes) };
    await host().updateSettings(settings);
    this.data = { ...this.data, settings };
    await this.refresh();
  }
}

export const session = new Session();
