// The profiles of this computer: one for each set of accounts, one open at a time.

import { commandErrorOf, host, type CommandError, type ProfileRow } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";
import { untold } from "./untold.svelte";

/** What the window still holds is of the profile that was open, so the window begins anew. */
export const anew = { begin: (): void => location.reload() };

class Profiles extends Reading<"listProfiles"> {
  /** Who is to be opened in place of the one that is open, once the user has heard what that means. */
  asking = $state.raw<ProfileRow | null>(null);
  busy = $state(false);

  constructor() {
    super("listProfiles", () => []);
  }

  get rows(): readonly ProfileRow[] {
    return this.data ?? [];
  }
  get others(): readonly ProfileRow[] {
    return this.rows.filter(({ open }) => !open);
  }

  nameOf({ name }: ProfileRow): string {
    return name ?? t("profile-first");
  }

  /** Opens another one. What was open goes on where that one can't be opened. */
  async enter(id: string): Promise<void> {
    this.asking = null;
    await this.#begin(() => host().switchProfile(id));
  }

  /** Why it could not be made; nothing where it was, and is open. */
  async make(name: string): Promise<CommandError | null> {
    this.busy = true;
    try {
      await host().newProfile(name);
      anew.begin();
      return null;
    } catch (thrown) {
      return commandErrorOf(thrown);
    } finally {
      this.busy = false;
    }
  }

  async rename(id: string, name: string): Promise<CommandError | null> {
    try {
      await host().nameProfile(id, name);
      await this.refresh();
      return null;
    } catch (thrown) {
      return commandErrorOf(thrown);
    }
  }

  async remove(row: ProfileRow): Promise<boolean> {
    this.busy = true;
    const removed = await attempt(async () => {
      const removal = await host().removeProfile(row.id);
      untold.sayOf(removal, t("profile-removed", { name: this.nameOf(row) }), row.open ? () => anew.begin() : undefined);
    });
    this.busy = false;
    if (!row.open) await this.refresh();
    // What has to be read stays until it was.
    else if (removed && !untold.shown) anew.begin();
    return removed;
  }

  async #begin(ask: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    const done = await attempt(ask);
    this.busy = false;
    if (done) anew.begin();
    return done;
  }
}

export const profiles = new Profiles();
