import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, it } from "vitest";
import { tauriHost } from "./tauri";
import { commandErrorOf } from "./types";

afterEach(() => clearMocks());

describe("the engine behind Tauri", () => {
  it("asks by the command's own name, with its arguments by name", async () => {
    const asked: unknown[] = [];
    mockIPC((command, payload) => {
      asked.push([command, payload]);
      return "found";
    });
    expect(await tauriHost().getUiState("room")).toBe("found");
    expect(asked).toEqual([["get_ui_state", { key: "room" }]]);
  });

  it("throws what the engine refuses", async () => {
    mockIPC(() => {
      throw { kind: "gone" };
    });
    const refused = await tauriHost().joinMeeting("1").catch(commandErrorOf);
    expect(refused).toEqual({ kind: "gone" });
  });

  it("takes what Tauri itself refuses for a fault of the program", async () => {
    mockIPC(() => {
      throw "Command join_meeting not allowed by ACL";
    });
    const refused = await tauriHost().joinMeeting("1").catch(commandErrorOf);
    expect(refused).toEqual({ kind: "internal", code: "Error" });
  });
});
