import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const tauri = { group: ["@tauri-apps/*"], message: "Only src/host/tauri.ts talks to the shell." };

export default ts.config(
  { ignores: ["dist/", "dist-bench/", "node_modules/", "public/", "src/bindings/"] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  { files: ["scripts/**", "*.js", "*.ts", "src/test/**"], languageOptions: { globals: { ...globals.node } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
  },
  {
    rules: {
      "svelte/no-at-html-tags": "error",
      "svelte/no-target-blank": "error",
      "svelte/button-has-type": "error",
      "no-restricted-imports": ["error", { patterns: [tauri] }],
      "no-console": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 430, skipComments: true }],
    },
  },
  { files: ["src/host/tauri.ts", "src/host/tauri.test.ts", "src/i18n/keys.ts"], rules: { "no-restricted-imports": "off", "max-lines": "off" } },
  { files: ["src/host/fake/**", "src/**/*.test.ts"], rules: { "max-lines": "off", "@typescript-eslint/no-non-null-assertion": "off" } },
);
