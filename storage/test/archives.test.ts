import { accepted, builtModule, canisterFacts, installRelay, refusalCode } from '@fabrica/testing';
import { createIdentity, PocketIc } from '@hadronous/pic';
import type { Principal } from '@dfinity/principal';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  exportLog,
  readArchived,
  verifyChain,
  type Checkpoint,
  type EntryOf,
} from '../src/client/index.ts';
import { AuditStorage } from '../src/index.ts';
import {
  administrator,
  alice,
  openLog,
  SMALL,
  writer,
  type ArchivedLog,
  type Audit,
} from './fixtures/archived-log.ts';

const LENGTH = 75;
/** Two moves of thirty: at forty entries, and at forty again. */
const ARCHIVED = 60;

let pic: PocketIc;
let log: ArchivedLog;
let archives: Principal[];

beforeAll(async () => {
  pic = await PocketIc.create(inject('replicaUrl'));
  log = await openLog(pic);
  await log.record(LENGTH);
  await log.settle();
  archives = (await log.audit.getArchives(0, 50)).map(({ archive }) => archive);
});
afterAll(async () => {
  await pic.tearDown();
});

describe('a log that grows beyond its size', () => {
  test('moves its oldest entries into archives of its own, range by range', async () => {
    const ranges = await log.audit.getArchives(0, 50);
    expect(ranges.map(({ from, to }) => [from, to])).toEqual([
      [0n, 30n],
      [30n, 60n],
    ]);
    expect(ranges[0]!.previous).toEqual(new Uint8Array(32));
    expect(ranges[1]!.previous).toEqual(ranges[0]!.hash);
    const health = await log.audit.getStorageHealth();
    const [entries, firstHere] = [BigInt(LENGTH), BigInt(ARCHIVED)];
    expect(health).toMatchObject({ entries, firstHere, archives: 2, alert: false });
    expect(health.bytesHere).toBeLessThan(health.bytes);
  });

  test('its archives run its own module, and it alone controls them', async () => {
    for (const archive of archives) {
      const facts = await canisterFacts(pic, archive, log.id);
      expect(facts.moduleHash).toEqual(builtModule('audit').hash);
      expect(facts.controllers.map(String)).toEqual([log.id.toText()]);
      const [origin] = await log.as(administrator, archive).getOrigin();
      expect(origin?.parent.toText()).toBe(log.id.toText());
    }
  });

  test('every query finds every entry, in order, wherever it is', async () => {
    const numbers = Array.from({ length: LENGTH }, (_, number) => number);
    const newest = [...numbers].reverse();
    const { audit } = log;
    const own = newest.filter((number) => number % 2 === 0);
    const user = alice.getPrincipal();
    expect(await all((c) => log.as(alice).getEntriesByUser(user, c, 20), alice)).toEqual(own);
    expect(await all((c) => audit.getEntriesByAction('payment.charged', c, 20))).toEqual(
      newest.filter((number) => number % 3 === 0),
    );
    expect(await all((c) => audit.getEntriesByReference(Uint8Array.of(3), c, 4))).toEqual(
      newest.filter((number) => number % 7 === 3),
    );
    expect(await all((c) => audit.getEntriesBySeverity({ Warning: null }, c, 7))).toEqual(
      newest.filter((number) => number % 5 === 0),
    );
    expect(await all((c) => audit.getEntriesBySeverity({ Info: null }, c, 7))).toEqual(
      newest.filter((number) => number % 5 !== 0),
    );
    expect(await all((c) => audit.getEntries(c[0] ?? 0n, 50))).toEqual(numbers);
    const far = 2n ** 63n;
    expect(await all((c) => audit.getEntriesByTime(0n, far, c, 50))).toEqual(numbers);
  });

  test('a span of time is found in archives as it was recorded', async () => {
    // The writer's first batch has 50 entries of one time, the second the rest.
    const { entries } = accepted(await log.audit.getEntriesAt([74n]));
    const second = entries[0]!.recordedAt;
    const early = await all((c) => log.audit.getEntriesByTime(0n, second, c, 50));
    expect(early).toEqual(Array.from({ length: 50 }, (_, number) => number));
    const late = await all((c) => log.audit.getEntriesByTime(second, second + 1n, c, 50));
    expect(late).toEqual(Array.from({ length: 25 }, (_, at) => 50 + at));
  });

  test('a range is proven across archives, and a fault in one is found', async () => {
    const { hash, length } = await log.audit.getTip();
    const proven = await chain();
    expect(proven).toEqual({ ok: true, length: Number(length), hash: Uint8Array.from(hash) });
    for (const at of [0, 29, 30, 59, 60]) {
      const verdict = await chain((entries, first) => {
        const entry = entries[at - first];
        if (entry !== undefined) entry[40]! ^= 1;
      });
      expect(verdict.ok && verdict.hash.toString() === hash.toString()).toBe(false);
    }
    const dropped = await chain((entries, first) => {
      if (first === 30) entries.pop();
    });
    expect(dropped).toMatchObject({ ok: false, fault: 'misnumbered', at: 59 });
    const swapped = await chain((entries, first) => {
      if (first === 0) entries.reverse();
    });
    expect(swapped).toMatchObject({ ok: false, fault: 'misnumbered', at: 0 });
  });

  test('is exported whole, one line of JSON each', async () => {
    const lines: string[] = [];
    for await (const line of exportLog(log.audit, 0n, (id) => log.as(administrator, id))) {
      lines.push(line);
    }
    const details = lines.map((line) => (JSON.parse(line) as { detail: string }).detail);
    expect(details).toEqual(Array.from({ length: LENGTH }, (_, number) => `event ${number}`));
  });
});

describe('an archive', () => {
  const archive = (identity = administrator): Audit => log.as(identity, archives[0]);

  test('lets a user read what concerns him, and nobody else', async () => {
    const [own, other] = [2n, 3n];
    const { entries } = accepted(await archive(alice).getEntriesAt([own]));
    expect(entries[0]).toMatchObject({ id: own, detail: 'event 2' });
    expect(refusalCode(await archive(alice).getEntriesAt([other]))).toBe('storage.not_reader');
    expect(refusalCode(await archive(alice).getEntries(0n, 5))).toBe('storage.not_reader');
    expect(accepted(await archive().getEntries(0n, 5)).entries).toHaveLength(5);
  });

  test('records nothing and administers nothing, whoever asks', async () => {
    const whitelist = { administrators: [administrator.getPrincipal()], writers: [] };
    const event = {
      ...accepted(await archive().getEntriesAt([0n])).entries[0]!,
      subject: [] as [],
    };
    expect(refusalCode(await archive(writer).logEvent(0n, event))).toBe('storage.is_archive');
    expect(refusalCode(await archive().setupWhitelist(whitelist))).toBe('storage.not_parent');
    expect(refusalCode(await archive().configureArchiving(SMALL))).toBe('storage.is_archive');
    expect(refusalCode(await archive().abandonArchive())).toBe('storage.is_archive');
    const indexed = await archive().getEntriesByAction('payment.charged', [], 5);
    expect(refusalCode(indexed)).toBe('storage.is_archive');
    await expect(archive().adoptEntries(30n, [])).rejects.toThrow();
    const relay = await installRelay(pic);
    const stranger = relay.to(AuditStorage, archives[0]!);
    expect(refusalCode(await stranger.adoptEntries(30n, []))).toBe('storage.not_parent');
    const log0 = relay.to(AuditStorage, log.id);
    expect(refusalCode(await log0.adoptEntries(0n, []))).toBe('storage.not_archive');
  });

  test('gets every new whitelist of its log', async () => {
    const deputy = createIdentity('deputy');
    expect(refusalCode(await archive(deputy).getEntries(0n, 1))).toBe('storage.not_reader');
    const administrators = [administrator.getPrincipal(), deputy.getPrincipal()];
    const writers = [writer.getPrincipal()];
    accepted(await log.audit.setupWhitelist({ administrators, writers }));
    await log.settle();
    expect(accepted(await archive(deputy).getEntries(0n, 1)).entries).toHaveLength(1);
    accepted(await log.audit.setupWhitelist({ administrators: [administrators[0]!], writers }));
    await log.settle();
    expect(refusalCode(await archive(deputy).getEntries(0n, 1))).toBe('storage.not_reader');
  });
});

describe('archiving', () => {
  test('is an administrator’s, and within ranges', async () => {
    for (const identity of [writer, alice]) {
      const other = log.as(identity);
      const { hash } = builtModule('audit');
      const answers = [
        await other.configureArchiving(SMALL),
        await other.uploadModuleChunk(new Uint8Array(1)),
        await other.registerArchiveModule({ hash, chunks: [] }),
        await other.abandonArchive(),
      ];
      expect(answers.map(refusalCode)).toEqual(answers.map(() => 'storage.not_administrator'));
    }
    const { audit } = log;
    for (const wrong of [{ atEntries: 19 }, { cycles: 1n }, { alertPercent: 100 }]) {
      const answer = await audit.configureArchiving({ ...SMALL, ...wrong });
      expect(refusalCode(answer)).toBe('storage.setting_out_of_range');
    }
    const contradiction = await audit.configureArchiving({ ...SMALL, moveEntries: 40 });
    expect(refusalCode(contradiction)).toBe('storage.settings_contradict');
    expect(refusalCode(await audit.abandonArchive())).toBe('storage.nothing_to_abandon');
  });

  test('takes no other module than the one that runs', async () => {
    const { audit } = log;
    const { hash } = builtModule('audit');
    const foreign = { hash: new Uint8Array(32), chunks: [] };
    expect(refusalCode(await audit.registerArchiveModule(foreign))).toBe('storage.module_not_own');
    const missing = { hash, chunks: [new Uint8Array(32)] };
    expect(refusalCode(await audit.registerArchiveModule(missing))).toBe(
      'storage.module_incomplete',
    );
  });
});

type Answer = Awaited<ReturnType<Audit['getEntries']>>;

/** The numbers of all entries of a query, following cursors and archives. */
async function all(
  ask: (cursor: [] | [bigint]) => Promise<Answer>,
  identity = administrator,
): Promise<number[]> {
  const found: EntryOf<Audit>[] = [];
  for (let cursor: [] | [bigint] = []; ; ) {
    const page: Extract<Answer, { Ok: unknown }>['Ok'] = accepted(await ask(cursor));
    found.push(...page.entries, ...(await readArchived(page, (id) => log.as(identity, id))));
    if (page.next.length === 0) return found.map(({ id }) => Number(id));
    cursor = page.next;
  }
}

/** Follows the chain from the first entry to the tip; `tamper` may change what was answered. */
async function chain(tamper: (entries: Uint8Array[], first: number) => void = () => undefined) {
  const length = Number((await log.audit.getTip()).length);
  let reached: Checkpoint | undefined;
  for (let at = 0; at < length; ) {
    const data = accepted(await log.audit.verifyData(BigInt(at), BigInt(length)));
    const [archive] = data.archive;
    const from = archive === undefined ? log.audit : log.as(administrator, archive);
    const answer =
      archive === undefined ? data : accepted(await from.verifyData(BigInt(at), data.next));
    const entries = answer.entries.map((entry) => Uint8Array.from(entry));
    tamper(entries, at);
    const verdict = verifyChain('audit', entries, reached);
    if (!verdict.ok) return verdict;
    reached = verdict;
    at = Number(data.next);
  }
  return { ok: true as const, ...reached! };
}
