// Dialling: what would be dialled is asked first. One number of somebody who may be called is dialled at once, for it
// stands on the button; otherwise the user chooses, or says that it is to be called all the same.

import { commandErrorOf, host, type DialChoice, type DialWith } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { toasts } from "./toasts.svelte";

const KEY = "calls.dial-with";

interface Asked {
  choices: readonly DialChoice[];
  person: { id: string; name: string } | null;
}

class Dialling {
  asking = $state.raw<Asked | null>(null);
  with = $state<DialWith>("zoom");

  async restore(): Promise<void> {
    try {
      this.with = (await host().getUiState(KEY)) === "system" ? "system" : "zoom";
    } catch {
      // Zoom Phone, as for everybody who chose nothing.
    }
  }

  async choose(program: DialWith): Promise<void> {
    this.with = program;
    await attempt(() => host().setUiState(KEY, program));
  }

  async begin(text: string, person: Asked["person"]): Promise<void> {
    try {
      const choices = await host().dialChoices(text, person?.id ?? null);
      const [only] = choices;
      if (only && choices.length === 1 && !only.doNotCall) await this.dial(only, person);
      else this.asking = { choices, person };
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
  }

  async dial(choice: DialChoice, person: Asked["person"]): Promise<void> {
    this.asking = null;
    const dialled = await attempt(() => host().dial(choice.number, choice.extension, person?.id ?? null, this.with));
    if (dialled) toasts.say({ text: t("calls-dialling", { number: choice.shown }) });
  }
}

export const dialling = new Dialling();
