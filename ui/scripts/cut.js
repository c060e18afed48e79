// `npm run cut`: every state of every room in a real browser, in a language that is 40 % longer than English, and in Dutch;
// text that can't be read is a failure. `npm run cut -- --pictures FOLDER` keeps a picture of each; --only WORD, --width,
// --height, --text, --theme and --language choose.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./rig/browser.js";
import { serve } from "./rig/server.js";

const { values: wanted } = parseArgs({
  options: {
    pictures: { type: "string" },
    only: { type: "string", default: "" },
    width: { type: "string" },
    height: { type: "string", default: "760" },
    text: { type: "string", default: "100" },
    theme: { type: "string", default: "light" },
    language: { type: "string", default: "pseudo" },
  },
});

const say = (text) => process.stdout.write(`${text}\n`);
/** The first size of the window, and the smallest. */
const widths = wanted.width ? [Number(wanted.width)] : [1180, 860];
const language = wanted.language === "nl" ? "nl" : "en";
const server = await serve({ pseudo: wanted.language === "pseudo" });
const browser = await openBrowser();
let faults = 0;
try {
  await browser.size(widths[0], Number(wanted.height), Number(wanted.text));
  await browser.go(`${server.address}rig`);
  const opened = `new Promise((done, fail) => { const end = performance.now() + 120000; const look = () => window.rig ? done(window.rig.names) : performance.now() > end ? fail(new Error("the page did not open")) : setTimeout(look, 50); look(); })`;
  const names = await browser.evaluate(opened);
  for (const [index, name] of names.entries()) {
    if (!name.includes(wanted.only)) continue;
    await browser.size(widths[0], Number(wanted.height), Number(wanted.text));
    try {
      await browser.evaluate(`rig.show(${index}, ${JSON.stringify({ theme: wanted.theme, language })})`);
    } catch (thrown) {
      faults += 1;
      say(`${name}: could not be shown: ${thrown.message}`);
      continue;
    }
    for (const width of widths) {
      await browser.size(width, Number(wanted.height), Number(wanted.text));
      await browser.evaluate("rig.still()");
      for (const { where, text } of await browser.evaluate("rig.cut()")) {
        faults += 1;
        say(`${name} (${width}): ${where}: ${text}`);
      }
      if (wanted.pictures) {
        mkdirSync(wanted.pictures, { recursive: true });
        writeFileSync(join(wanted.pictures, `${name.replace(/[^a-z0-9]+/giu, "-")}-${width}-${wanted.language}-${wanted.theme}-${wanted.text}.png`), await browser.picture());
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
if (faults > 0) {
  say(`\n${faults} texts can't be read.`);
  process.exit(1);
}
say("All texts can be read.");
