// The interface between the window and whatever answers its questions: the engine behind Tauri, or a simulation.
// It follows from the list of commands; only the events are told here.

import { reads, type commands, type CommandError, type Tag } from "../bindings";

export type * from "../bindings";
export { reads };

/** What a generated command answers; a refusal is in it. */
type Settled<T> = Promise<{ status: "ok"; data: T } | { status: "error"; error: CommandError }>;

/** A command as the window calls it: the answer itself; a refusal is a thrown [`HostError`]. */
type Unwrapped<C> = C extends (...asked: infer A) => Settled<infer T> ? (...asked: A) => [T] extends [null] ? Promise<void> : Promise<T> : never;

/** Every command of the list: it answers from the local database or asks the engine to act. */
export type Commands = { [K in keyof typeof commands]: Unwrapped<(typeof commands)[K]> };

export interface Listeners {
  /** Calls back with the names of the data that changed. Returns the way to stop. */
  onDataChanged(listener: (tags: Tag[]) => void): () => void;
  /** Calls back when somebody wants to quit while something is not sent yet. Returns the way to stop. */
  onQuitAsked(listener: (unsent: number) => void): () => void;
  /** Calls back when the window is led to a place, which it asks for. Returns the way to stop. */
  onPlaceAsked(listener: () => void): () => void;
  /** Calls back when the window is closed by somebody who has not heard what goes on without it. */
  onCloseAsked(listener: () => void): () => void;
}

export type Host = Commands & Listeners;

/** A command whose answer is kept, and asked for again when what it is made of changes. */
export type Read = keyof typeof reads & keyof Commands;

export type Answer<R extends Read> = Awaited<ReturnType<Commands[R]>>;

/** What a command answered when it could not do its work. */
export class HostError extends Error {
  override name = "HostError";
  constructor(readonly command: CommandError) {
    super(command.kind);
  }
}

/** Turns anything thrown into a command error; what is not ours is a fault of the program. */
export function commandErrorOf(thrown: unknown): CommandError {
  if (thrown instanceof HostError) return thrown.command;
  return { kind: "internal", code: thrown instanceof Error ? thrown.name : "unknown" };
}
