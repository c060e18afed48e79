// Where an Event stands, in words.

import { describe, expect, it } from "vitest";
import { eventWords } from "./eventWords";

describe("an Event that is held", () => {
  it("counts down, and then waits: nothing is sent in no seconds", () => {
    expect(eventWords({ kind: "held", until: 8_000 }, 7_001)?.label).toBe("Sends in 1 s");
    expect(eventWords({ kind: "held", until: 8_000 }, 8_000)).toEqual(eventWords({ kind: "waiting" }, 8_000));
    expect(eventWords({ kind: "held", until: 8_000 }, 90_000)).toEqual(eventWords({ kind: "waiting" }, 90_000));
  });
});
