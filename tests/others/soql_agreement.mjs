// Holds our two ends of SOQL against `@jetstreamapp/soql-parser-js`, a parser that is not ours: it must accept every
// query that our builder emits, and agree with the sandbox's parser on every query of `soql_corpus.txt`.

import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

import { Steps, foreign, sandbox } from './foreign.mjs';

const { isQueryValid } = foreign('@jetstreamapp/soql-parser-js');
const steps = new Steps();
const { salesforce } = await sandbox();

const emitted = (await readFile(process.env.LIAISON_OTHERS_QUERIES, 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
await steps.step(`the parser accepts ${emitted.length} queries of the builder`, () =>
  none(emitted.filter((soql) => !parserAccepts(soql))),
);
await steps.step('so does the sandbox', async () => {
  const refused = [];
  for (const soql of emitted) if (!(await sandboxAccepts(soql))) refused.push(soql);
  none(refused);
});

const corpus = readCorpus(await readFile(new URL('soql_corpus.txt', import.meta.url), 'utf8'));
await steps.step(`the corpus has at least 300 queries (${corpus.length})`, () => {
  if (corpus.length < 300) throw new Error('too few');
});
await steps.step('the sandbox judges every query of the corpus as marked', async () => {
  const wrong = [];
  for (const { soql, valid } of corpus) if ((await sandboxAccepts(soql)) !== valid) wrong.push(`${valid ? 'refused' : 'accepted'}: ${soql}`);
  none(wrong);
});
await steps.step('the parser agrees, but for the queries that are marked', () =>
  none(corpus.filter(({ soql, valid, differs }) => (isQueryValid(soql) === valid) === differs).map(({ soql }) => soql)));
steps.conclude('soql-parser-js');

/** The parser knows OFFSET only after ORDER BY or LIMIT, where Salesforce asks for neither. */
function parserAccepts(soql) {
  return isQueryValid(soql) || isQueryValid(soql.replace(/ OFFSET (\d+)$/, ' LIMIT 2000 OFFSET $1'));
}

function none(wrong) {
  if (wrong.length > 0) throw new Error(`${wrong.length}:\n${wrong.slice(0, 40).map((text) => `          ${text}`).join('\n')}`);
}

/**
 * Lines `+ query` (Salesforce accepts it) and `- query` (it does not), each with a `!` after the sign where the parser
 * is known to judge otherwise. `#` begins a remark.
 */
function readCorpus(text) {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const parts = /^([+-])(!?) (.*)$/.exec(line);
      if (!parts) throw new Error(`not a line of the corpus: ${line}`);
      return { valid: parts[1] === '+', differs: parts[2] === '!', soql: parts[3] };
    });
}

/** Whether the sandbox can read a query; an unknown field or a wrong type is no fault of the grammar. */
async function sandboxAccepts(soql) {
  const address = `${salesforce.instance}/services/data/v62.0/query?q=${encodeURIComponent(soql)}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const answer = await fetch(address, { headers: { authorization: `Bearer ${salesforce.access_token}` } });
    if (answer.status === 200) return true;
    const [error] = await answer.json();
    if (answer.status === 400) return error.errorCode !== 'MALFORMED_QUERY';
    if (answer.status < 500) throw new Error(`${answer.status} ${error.errorCode}: ${soql}`);
    await pause(100);
  }
  throw new Error(`the sandbox fails at ${soql}`);
}
