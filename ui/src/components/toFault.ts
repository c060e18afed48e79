// What a form does when it was refused.

import { tick } from "svelte";
import { offerFocus } from "./offerFocus";

/** The first field that is wrong takes the focus; its words are in sight with it. */
export async function toFault(form: ParentNode | null | undefined): Promise<void> {
  await tick();
  offerFocus(form?.querySelector<HTMLElement>("[aria-invalid]"));
}
