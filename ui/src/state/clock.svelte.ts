// The time the window shows: the engine's clock, ticking every minute, and every second only while somebody counts down.

type Minute = () => void;

class Clock {
  /** Milliseconds since the epoch, by the engine's clock. */
  now = $state(Date.now());
  #ahead = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seconds = new Set<symbol>();
  #minuteListeners = new Set<Minute>();
  #minute = Math.floor(Date.now() / 60_000);
  #running = false;

  /** Takes over the engine's idea of now. */
  align(now: number): void {
    this.#ahead = now - Date.now();
    this.now = now;
  }

  /** The exact moment; `now` is the last tick. */
  read(): number {
    return Date.now() + this.#ahead;
  }

  start(): () => void {
    this.#running = true;
    this.#minute = Math.floor(this.read() / 60_000);
    const wake = () => {
      if (document.visibilityState === "visible") this.#tick();
    };
    document.addEventListener("visibilitychange", wake);
    // A window that stayed in sight while the computer slept only gets the focus back.
    window.addEventListener("focus", wake);
    this.#plan();
    return () => {
      this.#running = false;
      clearTimeout(this.#timer);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("focus", wake);
    };
  }

  /** Called when the minute changes, and after the computer slept. */
  onMinute(listener: Minute): () => void {
    this.#minuteListeners.add(listener);
    return () => this.#minuteListeners.delete(listener);
  }

  /** Seconds are counted until the returned function is called. */
  countSeconds(): () => void {
    const reason = Symbol("countdown");
    this.#seconds.add(reason);
    this.now = this.read();
    if (this.#running) this.#plan();
    return () => this.#seconds.delete(reason);
  }

  #tick(): void {
    this.now = this.read();
    const minute = Math.floor(this.now / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      for (const listener of this.#minuteListeners) listener();
    }
    this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#running) return;
    const step = this.#seconds.size > 0 ? 1000 : 60_000;
    const now = this.read();
    this.#timer = setTimeout(() => this.#tick(), step - (now % step) + 5);
  }
}

export const clock = new Clock();
