import { describe, expect, it } from "vitest";
import type { CallCandidate, CallDetail, CallParty, CallStep } from "../../host";
import { candidateWords, standingWords, stepStory } from "./words";

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

describe("a switchboard", () => {
  const one = (id: string, more: Partial<CallCandidate>) =>
    ({ person: { id, name: id }, company: "Initech", field: "Phone", written: "020 555 0100", doubt: null, followed: null, ...more }) as CallCandidate;
  const plain = (words: string) => words.replace(/[\u2066-\u2069]/gu, "");
  const account = one("Account:1", { company: null, field: "", written: "", doubt: "itsPeople" });

  it("is shared by its people, and the account beside them is none", () => {
    const row = { standing: "switchboard", company: null, who: "Reception" } as CallDetail["row"];
    const detail = { row, candidates: [one("Contact:1", {}), one("Contact:2", {}), account] } as CallDetail;
    expect(plain(standingWords(detail))).toBe("The switchboard of Initech. 2 people share it, so you choose.");
  });

  it("is no number of an account that only its people speak for", () => {
    expect(plain(candidateWords(account))).toBe("Several of its people share the number.");
  });
});
