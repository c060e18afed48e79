// The note of a call: what was typed stays, and what another call brings with it is not written over.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useHost } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { forgetNotes, noteOf, type KeptNote } from "../state/callNote.svelte";

let host: FakeHost;
const read = (note: string) => ({ note, disposition: null });

beforeEach(() => {
  host = fakeHost("?language=en&theme=light&now=2026-11-23T08:18:00Z");
  useHost(host);
  forgetNotes();
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** One that was typed and kept, text after text. */
async function typed(first: string, ...texts: string[]): Promise<KeptNote> {
  vi.spyOn(host, "keepCallNote").mockResolvedValue();
  const note = noteOf("c-1", read(first));
  for (const text of texts) {
    note.note = text;
    await note.typed();
  }
  return note;
}

describe("the note of two calls that turn out to be one", () => {
  it("is shown whole, and goes on from there", async () => {
    const note = await typed("", "Calls back on Friday");
    note.read(read("Calls back on Friday\nWants the offer"));
    expect(note.note).toBe("Calls back on Friday\nWants the offer");
    note.note += " too";
    await note.typed();
    expect(host.keepCallNote).toHaveBeenLastCalledWith("c-1", read("Calls back on Friday\nWants the offer too"));
  });

  it("is shown whole where what was typed had been read before, and to whoever comes back", async () => {
    const note = await typed("", "Calls back on Friday");
    note.read(read("Calls back on Friday"));
    const again = noteOf("c-1", read("Calls back on Friday\nWants the offer"));
    again.read(read("Calls back on Friday\nWants the offer"));
    expect(again.note).toBe("Calls back on Friday\nWants the offer");
    again.read(read("Calls back on Friday"));
    expect(again.note).toBe("Calls back on Friday\nWants the offer");
  });
});

describe("a note that was typed", () => {
  it("stays so, whatever older text is read", async () => {
    const note = await typed("Before", "Calls back on Friday", "Calls back");
    for (const older of ["Before", "Calls back on Friday"]) note.read(read(older));
    expect(note.note).toBe("Calls back");
    expect(noteOf("c-1", read("Before")).note).toBe("Calls back");
  });

  it("has the space still behind which the next word is typed", async () => {
    const note = await typed("", "Calls ");
    note.read(read("Calls"));
    expect(note.note).toBe("Calls ");
  });

  it("stays while it is being kept", async () => {
    const note = await typed("", "Calls");
    vi.mocked(host.keepCallNote).mockReturnValue(new Promise(() => undefined));
    note.note = "Calls back";
    void note.typed();
    note.read(read("Something else"));
    expect(note.note).toBe("Calls back");
  });
});
