import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RelationshipReport } from '../../factory/gateway-facing.ts';
import { keyspaces, MemoryStore } from '../../store/index.ts';
import { ChangeLog } from './change-log.ts';
import { RelationshipBook } from './relationship-book.ts';

const GATEWAYS = [Uint8Array.of(1, 200), Uint8Array.of(2, 200)] as const;

/** A factory's directory and its book, over a memory that outlives upgrades. */
function factory() {
  const store = new MemoryStore();
  const members: { user: number; roles: number }[][] = [];
  const directory = {
    get size() {
      return members.length;
    },
    record: (number: number) => ({
      members: members[number]!.length,
      info: { id: Uint8Array.of(number, 9), name: `C${number}`, createdAt: 1n },
    }),
    holders: (number: number, end: number, count: number) =>
      members[number]!.slice(Math.max(0, end - count), end)
        .reverse()
        .map(({ user, roles }) => ({ user: Uint8Array.of(user), roles })),
  };
  const open = () =>
    new RelationshipBook(
      keyspaces(store, { relationships: 0, relationshipBatches: 1, roleChanges: 2 }),
    );
  let book = open();
  return {
    members,
    directory,
    get book() {
      return book;
    },
    upgrade: () => (book = open()),
    make: (users: number[]) => members.push(users.map((user) => ({ user, roles: 1 }))),
    change(contract: number, user: number, roles: number) {
      const known = members[contract];
      if (known === undefined) return;
      const at = known.findIndex((member) => member.user === user);
      const before = known[at]?.roles ?? 0;
      if (before === roles) return;
      if (at < 0) known.push({ user, roles });
      else if (roles > 0) known[at]!.roles = roles;
      else {
        known[at] = known.at(-1)!;
        known.pop();
      }
      book.note({ contract, user: Uint8Array.of(user), before, roles, at: 2n });
    },
  };
}

/** A gateway as far as it listens: `next`, and the rows it was told of. */
function gateway() {
  let next = 0n;
  let rows: { key: string; roles: number }[] = [];
  const apply = ({ contract, user, before, roles }: RelationshipReport) => {
    const key = `${contract[0]} ${user[0]}`;
    const known = rows.find((row) => row.key === key);
    // A row that is not looked for is listed once more.
    if (known !== undefined && (before > 0 || known.roles === 0)) known.roles = roles;
    else if (roles > 0) rows.push({ key, roles });
  };
  return {
    get next() {
      return next;
    },
    get rows() {
      return rows
        .filter(({ roles }) => roles > 0)
        .map(({ key, roles }) => `${key}: ${roles}`)
        .sort();
    },
    take(first: bigint, reports: readonly RelationshipReport[]): bigint | null {
      if (first > next) return null;
      for (const report of reports.slice(Number(next - first))) apply(report);
      const taken = first + BigInt(reports.length);
      if (taken > next) next = taken;
      return next;
    },
    reset() {
      next = 0n;
      rows = [];
    },
  };
}

const told = (members: { user: number; roles: number }[][]) =>
  members
    .flatMap((holders, contract) => holders.map((one) => `${contract} ${one.user}: ${one.roles}`))
    .sort();

/** Sends what is next. @returns true if there was nothing more to send. */
function send(
  { book, directory }: ReturnType<typeof factory>,
  id: Uint8Array,
  to: ReturnType<typeof gateway>,
  lost: 'nothing' | 'request' | 'answer',
): boolean {
  if (book.of(id) === null) book.begin(id, to.next);
  const reports = book.batch(id, directory);
  if (reports.length === 0) return book.isTold(id, directory);
  if (lost === 'request') return false;
  const next = to.take(book.of(id)!.next, reports);
  if (lost === 'answer') return false;
  if (next === null) book.begin(id, to.next);
  else book.confirm(id, reports.length, next);
  return false;
}

function finish(made: ReturnType<typeof factory>, to: ReturnType<typeof gateway>, which: 0 | 1) {
  for (let round = 0; round < 1000; round += 1) {
    if (send(made, GATEWAYS[which], to, 'nothing')) return;
  }
  throw new Error('There is always more to send');
}

test('gateways come to know what is so, whatever is lost, upgraded or installed anew', () => {
  const user = fc.integer({ min: 1, max: 90 });
  const step = fc.oneof(
    fc.record({ make: fc.uniqueArray(user, { maxLength: 80 }) }),
    fc.record({
      contract: fc.integer({ min: 0, max: 5 }),
      user,
      roles: fc.integer({ min: 0, max: 7 }),
    }),
    fc.record({
      send: fc.constantFrom(0 as const, 1 as const),
      lost: fc.constantFrom('nothing' as const, 'request' as const, 'answer' as const),
    }),
    fc.constantFrom('upgrade' as const, 'reset' as const, 'off' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const made = factory();
      const gateways = [gateway(), gateway()] as const;
      for (const one of steps) {
        if (one === 'upgrade') made.upgrade();
        else if (one === 'reset') gateways[0].reset();
        else if (one === 'off') made.book.enabled = !made.book.enabled;
        else if ('make' in one) made.make(one.make);
        else if ('send' in one) {
          if (made.book.enabled) send(made, GATEWAYS[one.send], gateways[one.send], one.lost);
        } else made.change(one.contract, one.user, one.roles);
      }
      const neverOff = !steps.includes('off');
      made.book.enabled = true;
      // A gateway that was installed anew is found out by the next report.
      if (steps.includes('reset')) made.book.begin(GATEWAYS[0], gateways[0].next);
      for (const which of [0, 1] as const) {
        finish(made, gateways[which], which);
        const rows = gateways[which].rows;
        if (neverOff) expect(rows).toEqual(told(made.members));
        // What ended while nothing was told is not found out; all that is so, is.
        else expect(rows).toEqual(expect.arrayContaining(told(made.members)));
        expect(new Set(rows.map((row) => row.split(':')[0])).size).toBe(rows.length);
      }
    }),
    { numRuns: 300 },
  );
});

describe('reports', () => {
  test('of a contract that nobody was told of yet cost nothing', () => {
    const made = factory();
    made.make([1, 2]);
    made.change(0, 1, 3);
    expect(made.book.figures.waiting).toBe(0);
    const to = gateway();
    finish(made, to, 0);
    made.change(0, 1, 2);
    expect(made.book.figures.waiting).toBe(1);
    finish(made, to, 0);
    expect(made.book.figures.waiting).toBe(0);
    expect(to.rows).toEqual(['0 1: 2', '0 2: 1']);
  });

  test('that a gateway refuses for what they say are left out, alone', () => {
    const made = factory();
    made.make([1, 2, 3]);
    const { book, directory } = made;
    book.begin(GATEWAYS[0], 0n);
    expect(book.batch(GATEWAYS[0], directory)).toHaveLength(3);
    book.refuse(GATEWAYS[0]);
    expect(book.batch(GATEWAYS[0], directory)).toHaveLength(1);
    book.refuse(GATEWAYS[0]);
    const to = gateway();
    finish(made, to, 0);
    expect(to.rows).toEqual(['0 1: 1', '0 2: 1']);
    expect(book.figures.refused).toBe(1);
  });

  test('are forgotten with their gateway', () => {
    const made = factory();
    made.make([1]);
    made.book.begin(GATEWAYS[0], 0n);
    made.book.batch(GATEWAYS[0], made.directory);
    made.book.forget(GATEWAYS[0]);
    expect(made.book.of(GATEWAYS[0])).toBeNull();
    expect(made.book.batch(GATEWAYS[0], made.directory)).toEqual([]);
  });
});

test('the end of the log is found wherever it is', () => {
  for (let count = 0; count < 20; count += 1) {
    const store = new MemoryStore();
    const log = new ChangeLog(store);
    const change = { contract: 1, user: Uint8Array.of(7), before: 0, roles: 1, at: 5n };
    for (let n = 0; n < count; n += 1) log.append(0, change);
    const head = count >> 1;
    for (let n = 0; n < head; n += 1) log.delete(n);
    const found = new ChangeLog(store);
    expect(found.end(head)).toBe(count);
    if (count > head) expect(found.at(head)).toEqual(change);
  }
});
