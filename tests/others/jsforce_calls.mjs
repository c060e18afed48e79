// Drives Salesforce's side of the sandbox with `jsforce`, a client of Salesforce's API that is not ours: signed in with
// a code and a PKCE verifier, then everything that Liaison relies on.

import assert from 'node:assert/strict';

import { Steps, foreign, sandbox } from './foreign.mjs';

const jsforce = foreign('jsforce');
const { salesforce } = await sandbox();
const steps = new Steps();
const VERSION = '62.0';

const connection = await steps.step('sign in with a code and PKCE', signIn);
if (connection) {
  await who();
  await described();
  const leads = await records();
  await collections();
  await upserted();
  await queried(leads);
  await searched();
  await bulk();
}
steps.conclude(`jsforce ${jsforce.VERSION ?? foreign('jsforce/package.json').version}`);

async function signIn() {
  const oauth2 = new jsforce.OAuth2({
    loginUrl: salesforce.login,
    clientId: salesforce.client_id,
    redirectUri: salesforce.redirect_uri,
    useVerifier: true,
  });
  const asked = oauth2.getAuthorizationUrl({ scope: 'api refresh_token id', state: 'a-state' });
  const code = await codeOf(asked);
  const connected = new jsforce.Connection({ oauth2, version: VERSION });
  const user = await connected.authorize(code);
  assert.equal(connected.instanceUrl, salesforce.instance);
  assert.match(user.id, /^005/);
  assert.ok(connected.refreshToken, 'a refresh token');
  return connected;
}

/** Follows the consent page, which approves by itself, to the code in the last redirect. */
async function codeOf(asked) {
  let address = asked;
  for (let hops = 0; hops < 5; hops += 1) {
    const answer = await fetch(address, { redirect: 'manual' });
    const next = answer.headers.get('location');
    assert.ok(next, `a redirect instead of ${answer.status}`);
    const target = new URL(next, address);
    if (target.searchParams.has('code')) {
      assert.equal(target.searchParams.get('state'), 'a-state');
      return target.searchParams.get('code');
    }
    address = target.href;
  }
  throw new Error('no code after five redirects');
}

async function who() {
  await steps.step('identity', async () => {
    const identity = await connection.identity();
    assert.match(identity.user_id, /^005/);
    assert.match(identity.organization_id, /^00D/);
    assert.ok(identity.urls && identity.username);
  });
  await steps.step('limits', async () => {
    const limits = await connection.limits();
    assert.equal(typeof limits.DailyApiRequests.Max, 'number');
    assert.equal(typeof limits.DailyApiRequests.Remaining, 'number');
  });
  await steps.step('usage from the header', async () => {
    await connection.query('SELECT Id FROM Organization');
    assert.ok(connection.limitInfo.apiUsage.used >= 1);
  });
  await steps.step('refresh with rotation', async () => {
    const before = connection.refreshToken;
    const tokens = await connection.oauth2.refreshToken(before);
    assert.ok(tokens.access_token);
    connection.accessToken = tokens.access_token;
    connection.refreshToken = tokens.refresh_token ?? before;
  });
}

async function described() {
  await steps.step('describe global', async () => {
    const names = (await connection.describeGlobal()).sobjects.map((object) => object.name);
    for (const name of ['Lead', 'Contact', 'Account', 'Event', 'Task', 'Campaign', 'CampaignMember']) {
      assert.ok(names.includes(name), name);
    }
  });
  for (const name of ['Lead', 'Contact', 'Account', 'Opportunity', 'Case', 'Event', 'Task', 'Campaign', 'CampaignMember']) {
    await steps.step(`describe ${name}`, async () => {
      const object = await connection.sobject(name).describe();
      assert.equal(object.name, name);
      assert.ok(object.fields.some((field) => field.name === 'Id' && field.type === 'id'));
    });
  }
}

async function records() {
  const leads = connection.sobject('Lead');
  const made = await steps.step('create', async () => {
    const saved = await leads.create({ LastName: 'Foreign', Company: 'Others', Email: 'foreign@example.com' });
    assert.ok(saved.success && /^00Q/.test(saved.id));
    return saved.id;
  });
  await steps.step('retrieve', async () => assert.equal((await leads.retrieve(made)).LastName, 'Foreign'));
  await steps.step('update', async () => {
    assert.ok((await leads.update({ Id: made, Title: 'Buyer' })).success);
    assert.equal((await leads.retrieve(made)).Title, 'Buyer');
  });
  await steps.step('a missing required field is refused', async () => {
    await assert.rejects(leads.create({ Company: 'Others' }), { errorCode: 'REQUIRED_FIELD_MISSING' });
  });
  await steps.step('an unknown field is refused', async () => {
    await assert.rejects(leads.create({ LastName: 'A', Company: 'B', Nothing__x: 1 }), { errorCode: 'INVALID_FIELD' });
  });
  await steps.step('delete', async () => {
    assert.ok((await leads.destroy(made)).success);
    await assert.rejects(leads.destroy(made), { errorCode: 'ENTITY_IS_DELETED' });
  });
  return leads;
}

async function collections() {
  const contacts = connection.sobject('Contact');
  const rows = Array.from({ length: 250 }, (_, index) => ({ LastName: `Many ${index}`, Email: `many${index}@example.com` }));
  const ids = await steps.step('create 250 in collections', async () => {
    const saved = await contacts.create(rows, { allowRecursive: true });
    assert.ok(saved.every((row) => row.success));
    return saved.map((row) => row.id);
  });
  if (!ids) return;
  await steps.step('retrieve several', async () => {
    const found = await contacts.retrieve(ids.slice(0, 3));
    assert.deepEqual(found.map((row) => row.LastName), ['Many 0', 'Many 1', 'Many 2']);
  });
  await steps.step('query with autoFetch over several pages', async () => {
    const { totalSize } = await connection.query('SELECT COUNT() FROM Contact');
    const options = { autoFetch: true, maxFetch: 100_000, headers: { 'Sforce-Query-Options': 'batchSize=200' } };
    const first = await connection.query('SELECT Id FROM Contact', { headers: options.headers });
    assert.deepEqual([first.records.length, first.done], [200, false]);
    const found = await connection.query('SELECT Id FROM Contact', options);
    assert.equal(found.records.length, totalSize);
    assert.equal(new Set(found.records.map((row) => row.Id)).size, totalSize);
  });
  await steps.step('update several, one of them wrong', async () => {
    const saved = await contacts.update([{ Id: ids[0], Title: 'One' }, { Id: ids[1], LastName: '' }]);
    assert.deepEqual(saved.map((row) => row.success), [true, false]);
    assert.equal(saved[1].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
  });
  await steps.step('delete 250 in collections', async () => {
    const gone = await contacts.destroy(ids, { allowRecursive: true });
    assert.ok(gone.every((row) => row.success));
  });
}

async function upserted() {
  const event = {
    Liaison_Key__c: 'a'.repeat(64),
    Subject: 'From others',
    StartDateTime: '2030-01-02T10:00:00.000+0000',
    EndDateTime: '2030-01-02T10:30:00.000+0000',
  };
  const made = await steps.step('upsert makes', async () => {
    const saved = await connection.sobject('Event').upsert({ ...event }, 'Liaison_Key__c');
    assert.ok(saved.success && saved.created !== false);
    return saved.id;
  });
  await steps.step('upsert changes', async () => {
    await connection.sobject('Event').upsert({ ...event, Subject: 'Changed' }, 'Liaison_Key__c');
    const found = await connection.query(`SELECT Id, Subject FROM Event WHERE Liaison_Key__c = '${event.Liaison_Key__c}'`);
    assert.deepEqual(found.records.map((row) => [row.Id, row.Subject]), [[made, 'Changed']]);
    await connection.sobject('Event').destroy(made);
  });
}

async function queried(leads) {
  await steps.step('query with parent fields', async () => {
    const found = await connection.query('SELECT Id, LastName, Account.Name FROM Contact WHERE AccountId != null LIMIT 3');
    assert.equal(found.records.length, 3);
    assert.ok(found.records[0].Account.Name);
  });
  await steps.step('query by conditions that jsforce writes', async () => {
    const found = await leads.find({ LastName: { $like: '%e%' }, IsConverted: false }, 'Id, LastName').limit(5);
    assert.ok(found.every((row) => row.LastName.toLowerCase().includes('e')));
  });
  await steps.step('query with a sub-query', async () => {
    const found = await connection.query('SELECT Id, (SELECT Id, LastName FROM Contacts) FROM Account LIMIT 2');
    assert.ok('Contacts' in found.records[0]);
  });
  await steps.step('a malformed query is refused', async () => {
    await assert.rejects(connection.query('SELECT FROM Lead'), { errorCode: 'MALFORMED_QUERY' });
  });
  await steps.step('an unknown object is refused', async () => {
    await assert.rejects(connection.query('SELECT Id FROM Nothing'), { errorCode: 'INVALID_TYPE' });
  });
}

async function searched() {
  await steps.step('search', async () => {
    const someone = (await connection.query('SELECT Id, LastName FROM Contact WHERE LastName != null LIMIT 1')).records[0];
    const found = await connection.search(`FIND {${someone.LastName}} IN NAME FIELDS RETURNING Contact(Id, LastName)`);
    assert.ok(found.searchRecords.some((row) => row.Id === someone.Id));
  });
}

async function bulk() {
  connection.bulk2.pollInterval = 100;
  connection.bulk2.pollTimeout = 60_000;
  const rows = Array.from({ length: 300 }, (_, index) => ({ LastName: `Bulk ${index}`, Company: 'Others', Email: `bulk${index}@example.com` }));
  const ids = await steps.step('bulk 2.0 inserts', async () => {
    const done = await connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'insert', input: rows });
    assert.equal(done.successfulResults.length, 300);
    assert.deepEqual([done.failedResults.length, done.unprocessedRecords.length], [0, 0]);
    return done.successfulResults.map((row) => row.sf__Id);
  });
  await steps.step('bulk 2.0 queries', async () => {
    const stream = await connection.bulk2.query("SELECT Id, LastName FROM Lead WHERE Company = 'Others'");
    const found = await stream.toArray();
    assert.equal(found.length, 300);
  });
  if (!ids) return;
  await steps.step('bulk 2.0 deletes', async () => {
    const input = ids.map((Id) => ({ Id }));
    const done = await connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'delete', input });
    assert.equal(done.successfulResults.length, 300);
  });
}
