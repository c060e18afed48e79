// Headless Chromium, driven over a pipe: one page, nothing to install beside it.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAMS = process.env.CHROMIUM ? [process.env.CHROMIUM] : ["chromium", "chromium-browser", "google-chrome"];

/** Starts the first of the programs that is there. */
async function started(folder) {
  const flags = ["--headless=new", "--remote-debugging-pipe", `--user-data-dir=${folder}`, "--no-first-run", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb", "about:blank"];
  for (const program of PROGRAMS) {
    const child = spawn(program, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    if (await new Promise((done) => child.once("spawn", () => done(true)).once("error", () => done(false)))) return child;
  }
  throw new Error(`none of ${PROGRAMS.join(", ")} is installed`);
}

export async function openBrowser() {
  const folder = mkdtempSync(join(tmpdir(), "liaison-rig-"));
  const child = await started(folder);
  const waiting = new Map();
  let [last, rest] = [0, ""];
  const ended = new Promise((done) => child.once("exit", done));
  child.stdio[4].on("data", (bytes) => {
    const parts = (rest + bytes).split("\0");
    rest = parts.pop();
    for (const part of parts) {
      const { id, result, error } = JSON.parse(part);
      const one = waiting.get(id);
      waiting.delete(id);
      if (error) one?.fail(new Error(error.message));
      else one?.take(result);
    }
  });
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((take, fail) => {
      last += 1;
      waiting.set(last, { take, fail });
      child.stdio[3].write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  void ended.then(() => waiting.forEach(({ fail }) => fail(new Error("the browser ended"))));

  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const call = (method, params) => send(method, params, sessionId);
  return {
    /** The size of the window and of its text, in percent: text twice as large leaves half of the room. */
    async size(width, height, percent = 100) {
      const part = percent / 100;
      await call("Emulation.setDeviceMetricsOverride", { width: Math.round(width / part), height: Math.round(height / part), deviceScaleFactor: part, mobile: false });
    },
    async go(url) {
      await call("Page.enable");
      await call("Page.navigate", { url });
    },
    /** The value of an expression in the page, which may be a promise. */
    async evaluate(expression) {
      const { result, exceptionDetails } = await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    /** A picture of the window, as PNG. */
    async picture() {
      const { data } = await call("Page.captureScreenshot", { format: "png" });
      return Buffer.from(data, "base64");
    },
    async press(key, modifiers = 0) {
      const known = { Tab: 9, Enter: 13, Escape: 27, " ": 32 };
      const event = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode: known[key] ?? key.toUpperCase().charCodeAt(0), modifiers, ...(key === "Enter" ? { text: "\r" } : {}) };
      await call("Input.dispatchKeyEvent", { type: "keyDown", ...event });
      await call("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    },
    async close() {
      await send("Browser.close").catch(() => undefined);
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
