import { describe, expect, it } from "vitest";
import type { CallParty, CallStep } from "../../host";
import { stepStory } from "./words";

const party = (name: string, extension: string | null = null): CallParty => ({ name, number: null, extension }) as CallParty;
const step = (event: string, from: CallParty, to: CallParty, operator: string | null = null) => ({ event, from, to, operator }) as CallStep;
const robin = party("Robin Visser", "806");

describe("the path of a call", () => {
  it.each([
    [step("outgoing", robin, party("Manoj Patel"), "Robin Visser"), "Robin Visser ext. 806", "dialled Manoj Patel"],
    [step("incoming", party("Linnéa Lilja"), robin, "Robin Visser"), "Linnéa Lilja", "came in · Robin Visser ext. 806"],
    [step("incoming", party(""), party("Main line")), "Main line", "came in"],
    [step("ring_to_member", party("Main line"), robin), "Robin Visser ext. 806", "rang"],
    [step("blind_transfer", party("Linnéa Lilja"), robin, "Kim Ito"), "Robin Visser ext. 806", "transferred · Kim Ito"],
  ])("is said of who does it", (leg, who, what) => {
    expect(stepStory(leg)).toEqual({ who, what });
  });
});
