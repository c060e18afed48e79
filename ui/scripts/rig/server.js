// Serves the page of the states from the sources, on this computer only.

import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { pseudo } from "./pseudo.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8" /><style>body > div:first-child { height: 100%; }</style></head><body><script type="module" src="/scripts/rig/page.js"></script></body></html>`;

/** English texts are served in the language that is made of them. */
const longer = {
  name: "liaison-pseudo",
  enforce: "pre",
  async load(id) {
    if (!/\/locales\/en\/[^/]+\.ftl\?.*raw/u.test(id)) return null;
    const { readFile } = await import("node:fs/promises");
    return `export default ${JSON.stringify(pseudo(await readFile(id.replace(/\?.*$/u, ""), "utf8")))}`;
  },
};

const page = {
  name: "liaison-rig",
  configureServer({ middlewares }) {
    middlewares.use("/rig", (_, answer) => answer.setHeader("content-type", "text/html").end(PAGE));
  },
};

export async function serve({ pseudo: made }) {
  const server = await createServer({
    root: here("../.."),
    configFile: here("../../vite.config.ts"),
    logLevel: "error",
    cacheDir: here("../../node_modules/.vite-rig"),
    plugins: [...(made ? [longer] : []), page],
    resolve: { alias: { vitest: here("./vitest.js") }, conditions: ["browser"] },
    optimizeDeps: { entries: ["src/main.ts", "src/test/drawn.ts", "src/test/open.ts"], include: ["@testing-library/svelte", "@testing-library/user-event"], exclude: ["vitest"] },
    server: { port: 0, strictPort: false, host: "127.0.0.1", hmr: false, watch: null },
  });
  await server.listen();
  return { address: server.resolvedUrls.local[0], close: () => server.close() };
}
