import { Actor, HttpAgent } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { instanceIdOf, makeLive } from '@fabrica/localnet';
import { PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { exportLog, verifyLog, type ProvingActor, type Trust } from '../src/client/index.ts';
import { AuditStorage } from '../src/index.ts';
import { administrator, openLog } from './fixtures/archived-log.ts';

type Audit = ActorOf<typeof AuditStorage>;

/** Thirty of them are in an archive. */
const LENGTH = 45;
const ARCHIVED = 30;

let pic: PocketIc;
let audit: Audit;
let actorOf: (id: Principal) => Audit;
let trust: Trust;

/** Everything as a browser does it: over HTTP, each answer checked against the network's key. */
describe('a client', () => {
  beforeAll(async () => {
    pic = await PocketIc.create(inject('replicaUrl'));
    const log = await openLog(pic);
    await log.record(LENGTH);
    await log.settle();
    await pic.resetTime();
    await pic.tick();
    const host = await makeLive(inject('replicaUrl'), instanceIdOf(pic));
    const agent = await HttpAgent.create({
      host,
      identity: administrator,
      shouldFetchRootKey: true,
    });
    actorOf = (canisterId) =>
      Actor.createActor<Audit>(toIdlFactory(AuditStorage), { agent, canisterId });
    audit = actorOf(log.id);
    trust = { canisterId: log.id, rootKey: new Uint8Array(agent.rootKey!) };
  });
  afterAll(async () => {
    await pic.tearDown();
  });

  test('proves a log against the network’s certificate, through its archives', async () => {
    const proven = await verifyLog('audit', audit, trust, { archiveOf: actorOf });
    expect(proven).toMatchObject({ ok: true, length: LENGTH });
    if (!proven.ok) return;
    const again = await verifyLog('audit', audit, trust, { from: proven });
    expect(again).toEqual(proven);
    const [range] = await audit.getArchives(0, 1);
    const from = { length: ARCHIVED, hash: Uint8Array.from(range!.hash) };
    expect(await verifyLog('audit', audit, trust, { from })).toEqual(proven);
  });

  test('is told where entries are if it cannot reach archives', async () => {
    expect(await verifyLog('audit', audit, trust)).toMatchObject({ fault: 'refused', at: 0 });
  });

  test('believes no other canister’s certificate, and no other network’s', async () => {
    const [range] = await audit.getArchives(0, 1);
    const options = { archiveOf: actorOf };
    const other = { ...trust, canisterId: range!.archive };
    expect(await verifyLog('audit', audit, other, options)).toMatchObject({ fault: 'certificate' });
    const rootKey = trust.rootKey.slice();
    rootKey[rootKey.length - 1]! ^= 1;
    const foreign = { ...trust, rootKey };
    expect(await verifyLog('audit', audit, foreign, options)).toMatchObject({
      fault: 'certificate',
    });
  });

  test.each<[string, (entries: Uint8Array[]) => Uint8Array[]]>([
    ['changed', (all) => all.map((entry, at) => (at === 3 ? flipped(entry) : entry))],
    ['dropped', (all) => all.filter((_, at) => at !== 3)],
    ['reordered', (all) => [all[0]!, all[2]!, all[1]!, ...all.slice(3)]],
    ['doubled', (all) => [all[0]!, ...all.slice(0, -1)]],
  ])('finds entries %s by the log, and by an archive', async (_, tamper) => {
    const lying = (actor: Pick<ProvingActor, 'verifyData'>): Pick<ProvingActor, 'verifyData'> => ({
      async verifyData(from, to) {
        const answer = await actor.verifyData(from, to);
        if ('Err' in answer || answer.Ok.entries.length < 4) return answer;
        const entries = answer.Ok.entries.map((entry) => Uint8Array.from(entry));
        return { Ok: { ...answer.Ok, entries: tamper(entries) } };
      },
    });
    const byLog = { getTip: audit.getTip, verifyData: lying(audit).verifyData };
    expect(await verifyLog('audit', byLog, trust, { archiveOf: actorOf })).toMatchObject({
      ok: false,
    });
    const archiveOf = (id: Principal) => lying(actorOf(id));
    expect(await verifyLog('audit', audit, trust, { archiveOf })).toMatchObject({ ok: false });
  });

  test('exports the whole log as lines of JSON, from any entry on', async () => {
    const lines: string[] = [];
    for await (const line of exportLog(audit, 7n, actorOf)) lines.push(line);
    const ids = lines.map((line) => Number((JSON.parse(line) as { id: string }).id));
    expect(ids).toEqual(Array.from({ length: LENGTH - 7 }, (_, at) => at + 7));
  });
});

function flipped(entry: Uint8Array): Uint8Array {
  const changed = entry.slice();
  changed[40]! ^= 1;
  return changed;
}
