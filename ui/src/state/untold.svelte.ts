// Services that could not be told of a sign-out: the sign-in still stands there, and the user is told how to end it.

import { HostError, type Provider, type Removal } from "../host";
import { t } from "../i18n/messages.svelte";

interface Told {
  /** What was done all the same. */
  title: string;
  services: readonly Provider[];
  /** What goes on when the user has read it. */
  then: (() => void) | undefined;
}

class Untold {
  shown = $state.raw<Told | null>(null);

  say(title: string, services: readonly Provider[], then?: () => void): void {
    if (services.length > 0) this.shown = { title, services, then };
  }

  /** After a removal, whether or not all of it could be removed; what could not is thrown, to be told as well. */
  sayOf(removal: Removal, title: string, then?: () => void): void {
    this.say(removal.failed ? t("profile-untold-title") : title, removal.untold, then);
    if (removal.failed) throw new HostError(removal.failed);
  }

  heard(): void {
    const then = this.shown?.then;
    this.shown = null;
    then?.();
  }
}

export const untold = new Untold();
