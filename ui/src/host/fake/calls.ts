// Calls as a host without a telephone answers: the room explains itself, nothing is listed. A world with calls comes
// with the room.

import { HostError, type CallCharts, type CallDetail, type CallFilter, type CallList, type CommandError } from "../types";

export const gone: CommandError = { kind: "gone" };

export function listedCalls(filter: CallFilter): CallList {
  const none = { all: 0, toLink: 0, missed: 0, voicemail: 0, logged: 0 };
  const history = { backTo: filter.from, goal: null, filling: false, asOf: null };
  return { rows: [], total: 0, counts: none, access: { kind: "noLicence" }, history };
}

export function callOf(): CallDetail {
  throw new HostError(gone);
}

export const charts: CallCharts = { days: [], hours: [] };
