// Services that could not be told of a sign-out: the sign-in still stands there, and the user is told how to end it.

import type { Provider } from "../host";

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

  heard(): void {
    const then = this.shown?.then;
    this.shown = null;
    then?.();
  }
}

export const untold = new Untold();
