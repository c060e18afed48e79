import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** `vite build --mode bench`: the page that measures the list, and nothing of the product. */
const bench = (mode: string) => (mode === "bench" ? { rolldownOptions: { input: "bench.html" }, outDir: "dist-bench" } : {});

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  preview: { port: 1421, strictPort: true },
  build: {
    // The oldest engine we support: macOS 13. WebKitGTK and WebView2 are newer.
    target: "safari16.4",
    sourcemap: false,
    // Files inlined as data: URLs would need a wider CSP for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    ...bench(mode),
  },
  // Vitest would otherwise take Svelte's server build.
  ...(process.env["VITEST"] ? { resolve: { conditions: ["browser"] } } : {}),
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { width: 1280, height: 800 } },
    include: ["src/**/*.test.ts"],
    // A shared machine may be busy; a test ends by what it sees, not by the clock.
    testTimeout: 60_000,
    // One for each core: the default leaves one idle for watching, which nobody does here.
    maxWorkers: "100%",
    setupFiles: ["src/test/setup.ts"],
  },
}));
