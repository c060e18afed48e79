// Turns key presses into commands, and walks between the regions of the window with F6.

import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import { toasts } from "../state/toasts.svelte";
import { inField, isLetter, matches } from "./keys";
import { commands, type Command } from "./registry";

/** An overlay other than a sheet: a menu, a dialog, a list of options. It has the keys to itself. */
function overlayOpen(): boolean {
  return document.querySelector("[data-overlay]") !== null;
}

/** Radio buttons are chosen with the arrows; letters are nothing to them. */
function isRadio(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "radio";
}

/** The command that a key press means now, if any. */
export function commandFor(event: KeyboardEvent): Command | undefined {
  const field = inField(event.target);
  const covered = router.sheet !== null || overlayOpen();
  return commands().find((command) => {
    if (covered && !command.overSheets) return false;
    const keys = command.keys?.some((key) => {
      if (isLetter(key) && (field || !session.letters)) return false;
      if (!key.includes("+") && (field || (key.startsWith("Arrow") && isRadio(event.target)))) return false;
      return matches(key, event, session.mac);
    });
    return keys && (command.when?.() ?? true);
  });
}

let refused = 0;

/** Pressed again, the key says it again and not twice. */
function refuse(reason: string): void {
  toasts.dismiss(refused);
  refused = toasts.say({ text: reason });
}

export function listen(): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "F6") {
      event.preventDefault();
      if (!overlayOpen() && router.sheet === null) moveToRegion(event.shiftKey ? -1 : 1);
      return;
    }
    if (event.key === "Escape" && router.sheet === null && router.narrow && router.peeking) {
      event.preventDefault();
      router.inspect(false);
      return;
    }
    const command = commandFor(event);
    if (!command || (event.repeat && !command.keys?.some((key) => key.startsWith("Arrow")))) return;
    // Undo in a field belongs to the field.
    if (command.id === "undo" && inField(event.target)) return;
    event.preventDefault();
    const reason = command.reason?.();
    if (reason === undefined) command.run(event);
    else refuse(reason);
  };
  window.addEventListener("keydown", pressed);
  return () => window.removeEventListener("keydown", pressed);
}

/** Sidebar, strip, list, inspector: the next one that is there takes the focus. */
export function moveToRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  if (regions.length === 0) return;
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  for (let tried = 1; tried <= regions.length; tried += 1) {
    const at = current < 0 && step < 0 ? regions.length - tried : current + step * tried;
    const region = regions[((at % regions.length) + regions.length) % regions.length];
    const target =
      region?.querySelector<HTMLElement>("[data-roving][tabindex='0']") ??
      region?.querySelector<HTMLElement>("a[href], button:not([disabled]):not([tabindex='-1']), input:not([disabled]), [tabindex='0']");
    if (target) {
      target.focus();
      return;
    }
  }
}
