// The engine behind Tauri. The only module that knows the generated bindings' form.

import { commands, events, type CommandError } from "../bindings";
import { HostError, type Commands, type Host } from "./types";

type Settled = { status: "ok"; data: unknown } | { status: "error"; error: CommandError };
type Call = (...asked: unknown[]) => Promise<Settled>;

/** The answer itself; a refusal is thrown. Tauri's own refusals are texts, and a fault of the program. */
function unwrapped(call: Call) {
  return async (...asked: unknown[]): Promise<unknown> => {
    const settled = await call(...asked);
    if (settled.status === "ok") return settled.data;
    throw typeof settled.error === "object" ? new HostError(settled.error) : new Error(String(settled.error));
  };
}

export function tauriHost(): Host {
  const calls = Object.entries(commands as unknown as Record<string, Call>);
  return {
    ...(Object.fromEntries(calls.map(([name, call]) => [name, unwrapped(call)])) as unknown as Commands),
    onDataChanged(listener) {
      const stop = events.dataChanged.listen((event) => listener(event.payload.tags));
      return () => void stop.then((unlisten) => unlisten());
    },
    onQuitAsked(listener) {
      const stop = events.quitAsked.listen((event) => listener(event.payload.unsent));
      return () => void stop.then((unlisten) => unlisten());
    },
    onPlaceAsked(listener) {
      const stop = events.placeAsked.listen(() => listener());
      return () => void stop.then((unlisten) => unlisten());
    },
    onCloseAsked(listener) {
      const stop = events.closeAsked.listen(() => listener());
      return () => void stop.then((unlisten) => unlisten());
    },
  };
}
