// The first steps: which of them really happened, and whether the list is still wanted.

import { host, type FirstStep, type FirstSteps as Known } from "../host";
import { t, type MessageKey } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";
import { toasts } from "./toasts.svelte";

export const stepWords: Record<FirstStep, MessageKey> = {
  meeting: "step-meeting",
  call: "step-call",
  palette: "step-palette",
  schedule: "step-schedule",
  hotkey: "step-hotkey",
};

class FirstSteps extends Reading<"getFirstSteps"> {
  #done: readonly FirstStep[] | null = null;

  constructor() {
    super(
      "getFirstSteps",
      () => [],
      (known) => this.#tell(known),
    );
  }

  get shown(): boolean {
    return this.data?.shown === true;
  }

  async show(shown: boolean): Promise<void> {
    if (await attempt(() => host().showFirstSteps(shown))) await this.refresh();
  }

  /** What was ticked just now is said to those who don't see it. */
  #tell({ steps, shown }: Known): void {
    const done = steps.filter((one) => one.done).map(({ step }) => step);
    const fresh = this.#done === null ? [] : done.filter((step) => !this.#done?.includes(step));
    this.#done = done;
    const [first] = fresh;
    if (shown && first) toasts.announce(t("step-done", { step: t(stepWords[first]), done: done.length, all: steps.length }));
  }
}

export const firstSteps = new FirstSteps();
