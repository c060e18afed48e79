// Packages of others, from the folder that `cargo xtask others` installs them into; and the sandbox's line of JSON.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const folder = process.env.LIAISON_OTHERS_NODE;
if (!folder) {
  throw new Error('LIAISON_OTHERS_NODE must name the folder that holds node_modules: use `cargo xtask others`');
}

/** Loads a package that is installed outside the checkout. */
export const foreign = createRequire(join(folder, 'package.json'));

/** What the stand-alone sandbox printed, from standard input. */
export async function sandbox() {
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  return JSON.parse(text);
}

/** Steps with a line each; those that failed make the program exit with 1. */
export class Steps {
  #failed = [];
  #done = 0;

  /** Does one step; gives what it gives, or undefined when it failed. */
  async step(name, work) {
    this.#done += 1;
    try {
      const value = await work();
      console.log(`  ok    ${name}`);
      return value;
    } catch (error) {
      this.#failed.push(name);
      console.log(`  FAIL  ${name}: ${error.errorCode ?? error.name ?? ''} ${error.message}`);
      return undefined;
    }
  }

  /** The last line, and the exit status. */
  conclude(what) {
    console.log(`${what}: ${this.#done} steps, ${this.#failed.length} failures`);
    for (const name of this.#failed) console.log(`  ! ${name}`);
    process.exitCode = this.#failed.length === 0 ? 0 : 1;
  }
}
