import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { ActivityEntry } from '../../schemas/activity.ts';
import type { Ballot, Outcome, StateName } from '../../schemas/proposals.ts';
import { activityCodec } from '../activity/activity-codec.ts';
import { STATE } from './ballot.ts';
import { ballotCodec } from './ballot-codec.ts';

const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });
const principal = bytes(1, 29);
const time = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const nat32 = fc.nat(2 ** 32 - 1);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const votes = fc.array(fc.record({ who: principal, serial: nat32, at: time }), { maxLength: 5 });
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({
    Done: fc.record({ block: orNull(fc.bigInt({ min: 0n })), reply: orNull(bytes(0, 9)) }),
  }),
  fc.record({
    Failed: fc.record({ code: fc.string({ maxLength: 9 }), message: fc.constant('m') }),
  }),
  fc.record({ Unknown: fc.record({ message: fc.constant('?') }) }),
  fc.constant<Outcome>({ NotRun: null }),
);
const ballot: fc.Arbitrary<Ballot> = fc.record({
  proposer: principal,
  proposerSerial: nat32,
  recovery: fc.boolean(),
  autoExecute: fc.boolean(),
  hash: bytes(32, 32),
  createdAt: time,
  lifetime: time,
  required: fc.nat(0xffff),
  timelock: time,
  approvals: votes,
  rejections: votes,
  state: fc.constantFrom(...(Object.keys(STATE) as StateName[])).map((name) => STATE[name]),
  passedAt: orNull(time),
  outcomes: fc.array(outcome, { maxLength: 4 }),
  attempt: orNull(
    fc.record({
      createdAt: time,
      tries: fc.nat(255),
      retryAt: orNull(time),
      charge: orNull(fc.record({ ledger: principal, amount: fc.bigInt({ min: 0n }), day: nat32 })),
    }),
  ),
  revision: nat32,
  closedAt: orNull(time),
});
const entry: fc.Arbitrary<ActivityEntry> = fc.record({
  at: time,
  actor: orNull(principal),
  proposal: orNull(nat32),
  event: fc.oneof(
    fc.constant({ Proposed: null } as const),
    fc.record({ Paused: fc.string({ maxLength: 100 }) }),
    fc.record({ Failed: fc.nat(255) }),
    fc.record({ AssetWatched: principal }),
  ),
});

test('a ballot comes back as it was stored', () => {
  fc.assert(
    fc.property(ballot, (value) => {
      expect(ballotCodec.decode(ballotCodec.encode(value))).toEqual(value);
    }),
  );
});

test('an activity comes back as it was stored', () => {
  fc.assert(
    fc.property(entry, (value) => {
      expect(activityCodec.decode(activityCodec.encode(value))).toEqual(value);
    }),
  );
});

test('bytes of another version are refused', () => {
  expect(() => ballotCodec.decode(new Uint8Array(200))).toThrow('version 0');
  expect(() => activityCodec.decode(new Uint8Array(60))).toThrow('version 0');
});
