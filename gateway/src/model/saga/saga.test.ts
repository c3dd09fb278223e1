import { describe, expect, test } from 'vitest';

import { begin, recover } from './begin.ts';
import type { LedgerOutcome } from './events.ts';
import { stateOf, type Order } from './order.ts';
import { resolve } from './resolve.ts';
import { settle } from './settle.ts';
import { DEDUPLICATION_WINDOW, FOREVER, pauseAfter } from './steps.ts';
import { settledAt } from '../look-up/window.ts';
import { orderIn, sampleOrder, SECOND } from './testing/sample-order.ts';

const refusal = { code: 'ledger.no', message: 'no', action: 'none' };
const possible = { kind: 'failed', effect: 'possible', reason: 'lost' } as const;
const none = { kind: 'failed', effect: 'none', reason: 'stopped' } as const;
const declined = (kind: 'too old' | 'funds' | 'other'): LedgerOutcome => ({
  kind: 'declined',
  why: { kind },
  refusal,
});
const badFee = (expected: bigint): LedgerOutcome => ({
  kind: 'declined',
  why: { kind: 'fee', expected },
  refusal,
});

/** A charge of which `unknown` attempts were sent without a known effect. */
const charging = (unknown: number) =>
  orderIn('Charging', { charge: { createdAt: 5n, unknown, block: null } });
const refunding = (unknown: number) =>
  orderIn('Refunding', {
    charge: { createdAt: 5n, unknown: 0, block: 1n },
    refund: { createdAt: 6n, unknown, block: null, amount: 990n, fee: 10n },
    refusal,
  });

describe('validation', () => {
  test('moves no money before the factory has agreed', () => {
    const { order, effect } = begin(sampleOrder(), 1n);
    expect(effect).toBe('Validate');
    expect(order.charge).toBeNull();
  });
  test.each([
    ['declined', { kind: 'declined', refusal } as const, 'ledger.no'],
    ['unreached', none, 'gateway.factory_unreachable'],
    ['trapping', possible, 'gateway.factory_unreachable'],
  ])('a %s order is refused and not charged', (_, outcome, code) => {
    const order = settle(sampleOrder(), 'Validate', outcome, 2n);
    expect([stateOf(order), order.refusal?.code]).toEqual(['Refused', code]);
    expect(order.args).toHaveLength(0);
  });
  test('a free order skips the ledger', () => {
    const order = settle(sampleOrder({ price: 0n }), 'Validate', { kind: 'valid' }, 2n);
    expect(stateOf(order)).toBe('Charged');
    expect(begin(order, 3n).effect).toBe('Create');
  });
});

describe('a charge', () => {
  test('is journaled as unknown before it is sent', () => {
    const ready = settle(sampleOrder(), 'Validate', { kind: 'valid' }, 2n);
    const { order, effect } = begin(ready, 3n);
    expect(effect).toBe('Charge');
    expect(order.charge).toEqual({ createdAt: 3n, unknown: 1, block: null });
  });
  test('is repeated identically while an attempt may have happened', () => {
    const { order } = begin(charging(1), 100n * SECOND);
    expect(order.charge).toEqual({ createdAt: 5n, unknown: 2, block: null });
  });
  test('is not repeated once the ledger may have forgotten it', () => {
    const { order, effect } = begin(charging(1), 5n + DEDUPLICATION_WINDOW);
    expect([stateOf(order), effect]).toEqual(['Stuck', null]);
  });
  test.each([
    ['declined', declined('funds'), 'ledger.no'],
    ['declined for its fee', badFee(20n), 'ledger.no'],
    ['unsent', none, 'gateway.ledger_unreachable'],
  ])('that was the only attempt and %s ends the order uncharged', (_, outcome, code) => {
    const order = settle(charging(1), 'Charge', outcome, 9n);
    expect([stateOf(order), order.refusal?.code]).toEqual(['Refused', code]);
  });
  test('with an unknown outcome stays open', () => {
    const order = settle(charging(1), 'Charge', possible, 9n);
    expect([stateOf(order), order.charge?.unknown]).toEqual(['Charging', 1]);
  });
  test.each([
    ['a changed fee', badFee(20n)],
    ['a refusal of another kind', declined('other')],
    ['an unsent repetition', none],
  ])('in doubt is not settled by %s', (_, outcome) => {
    const order = settle(charging(2), 'Charge', outcome, 9n);
    expect([stateOf(order), order.charge?.unknown]).toEqual(['Charging', 1]);
  });
  test('in doubt is settled by a short balance or allowance, which ledgers look at after duplicates', () => {
    expect(stateOf(settle(charging(2), 'Charge', declined('funds'), 9n))).toBe('Refused');
  });
  test('in doubt and too old is looked up once nothing sent can be carried out any more', () => {
    const stuck = settle(charging(2), 'Charge', declined('too old'), 9n);
    expect(stateOf(stuck)).toBe('Stuck');
    const { order, effect } = begin(stuck, 10n);
    expect([effect, order.notBefore]).toEqual([null, settledAt({ createdAt: 5n })]);
    expect(begin(order, order.notBefore).effect).toBe('LookUp');
  });
});

describe('a deployment', () => {
  const deploying = orderIn('Deploying', { charge: { createdAt: 5n, unknown: 0, block: 1n } });
  test('is ordered in the transition from Charged only, and asked about afterwards', () => {
    const { order, effect } = begin(orderIn('Charged'), 3n);
    expect([stateOf(order), effect]).toEqual(['Deploying', 'Create']);
    expect(begin(order, 4n).effect).toBe('Cancel');
  });
  test('that the factory declines is cancelled there before it is paid back', () => {
    const declined = settle(deploying, 'Create', { kind: 'declined', refusal }, 9n);
    expect(begin(declined, 9n)).toEqual({ order: declined, effect: 'Cancel' });
    const order = settle(declined, 'Cancel', { kind: 'cancelled' }, 9n);
    expect([stateOf(order), order.refusal?.message]).toEqual([
      'Refunding',
      expect.stringContaining('ledger.no'),
    ]);
  });
  test('is paid back when the factory was not reached', () => {
    const order = settle(deploying, 'Create', none, 9n);
    expect([stateOf(order), order.refusal?.code]).toEqual([
      'Refunding',
      'gateway.deployment_failed',
    ]);
    expect(order.refund).toMatchObject({ amount: 990n, fee: 10n, unknown: 0 });
  });
  test('with an unknown outcome is asked about at once, and then less and less often', () => {
    const first = settle(deploying, 'Create', possible, 9n);
    expect(begin(first, 9n).effect).toBe('Cancel');
    const second = settle(first, 'Cancel', none, 9n);
    expect(begin(second, 9n).effect).toBeNull();
    expect(begin(second, second.notBefore).effect).toBe('Cancel');
  });
  test('that turns out to have happened is deployed, without a refusal', () => {
    const unknown = settle(deploying, 'Create', possible, 9n);
    const order = settle(unknown, 'Cancel', { kind: 'created', contract: Uint8Array.of(1) }, 10n);
    expect([stateOf(order), order.refusal]).toEqual(['Deployed', null]);
  });
  test('of a free order that fails leaves nothing to pay back', () => {
    const order = settle({ ...deploying, price: 0n }, 'Create', none, 9n);
    expect(stateOf(order)).toBe('Refused');
  });
});

describe('a refund', () => {
  test('gets a new time once no attempt can have happened, and keeps it while one may', () => {
    expect(begin(refunding(0), 50n).order.refund).toMatchObject({ createdAt: 50n, unknown: 1 });
    expect(begin(refunding(1), 50n).order.refund).toMatchObject({ createdAt: 6n, unknown: 2 });
  });
  test('follows a changed fee if no attempt can have happened', () => {
    const order = settle(refunding(1), 'Refund', badFee(30n), 9n);
    expect(order.refund).toMatchObject({ amount: 970n, fee: 30n, unknown: 0 });
  });
  test('does not follow a changed fee while an attempt may have happened', () => {
    const order = settle(refunding(2), 'Refund', badFee(30n), 9n);
    expect(order.refund).toMatchObject({ amount: 990n, fee: 10n, unknown: 1 });
  });
  test('never fails for good: it waits and tries again', () => {
    let order: Order = refunding(1);
    for (let attempt = 0; attempt < 40; attempt += 1) {
      order = settle(order, 'Refund', none, order.notBefore);
      expect(stateOf(order)).toBe('Refunding');
      order = begin(order, order.notBefore).order;
    }
    expect(stateOf(settle(order, 'Refund', { kind: 'paid', block: 3n }, order.notBefore))).toBe(
      'Refunded',
    );
  });
});

describe('a look-up', () => {
  const charge = { ...charging(1), state: { Stuck: null } };
  const refund = { ...refunding(1), state: { Stuck: null } };
  test.each([
    ['pays back a charge that it finds', charge, { kind: 'found', block: 4n }, 'Refunding'],
    ['refuses a charge that is not there', charge, { kind: 'absent' }, 'Refused'],
    ['ends with a refund that it finds', refund, { kind: 'found', block: 4n }, 'Refunded'],
    ['sends a refund that is not there anew', refund, { kind: 'absent' }, 'Refunding'],
  ] as const)('%s', (_, order, outcome, state) => {
    const settled = settle(order, 'LookUp', outcome, 9n);
    expect(stateOf(settled)).toBe(state);
    expect((settled.refund ?? settled.charge)?.unknown).toBe(0);
  });
  test('goes on while there is more to read', () => {
    expect(settle(charge, 'LookUp', { kind: 'searching' }, 9n)).toBe(charge);
  });
  test('that failed is made again after a pause, and one that is not possible when it is asked for', () => {
    const failed = settle(charge, 'LookUp', none, 9n);
    expect([stateOf(failed), failed.attempts]).toEqual(['Stuck', 1]);
    const unable = settle(charge, 'LookUp', { kind: 'unable', reason: 'no' }, 9n);
    expect([stateOf(unable), unable.notBefore]).toEqual(['Stuck', FOREVER]);
    expect(resolve(unable, { Retry: null }, 9n)).toMatchObject({ Ok: { notBefore: 0n } });
  });
});

describe('recovery', () => {
  test('ends what surely charged nothing, and leaves the rest', () => {
    expect(stateOf(recover(sampleOrder(), 1n))).toBe('Refused');
    expect(stateOf(recover(charging(0), 1n))).toBe('Refused');
    for (const order of [charging(1), orderIn('Charged'), orderIn('Deploying'), refunding(1)]) {
      expect(recover(order, 1n)).toBe(order);
    }
  });
});

describe('resolution by an administrator', () => {
  const stuckCharge = { ...charging(1), state: { Stuck: null } };
  const stuckRefund = { ...refunding(1), state: { Stuck: null } };
  test.each([
    ['a charge that happened', stuckCharge, { Charged: { block: 4n } }, 'Refunding'],
    ['a charge that did not', stuckCharge, { NotCharged: null }, 'Refused'],
    ['a refund that happened', stuckRefund, { Refunded: { block: 4n } }, 'Refunded'],
    ['a refund that did not', stuckRefund, { NotRefunded: null }, 'Refunding'],
    ['a factory that is gone', orderIn('Deploying'), { Abandoned: null }, 'Refunding'],
  ] as const)('%s', (_, order, decision, state) => {
    const resolved = resolve(order, decision, 9n);
    expect('Ok' in resolved && stateOf(resolved.Ok)).toBe(state);
  });
  test.each([
    [
      'a charge is not decided by a word about the refund',
      stuckCharge,
      { Refunded: { block: 4n } },
    ],
    ['a refund is not decided by a word about the charge', stuckRefund, { NotCharged: null }],
    ['an order at its end is left alone', orderIn('Deployed'), { Abandoned: null }],
    ['an order under way is left alone', charging(1), { NotCharged: null }],
  ] as const)('%s', (_, order, decision) => {
    expect(resolve(order, decision, 9n)).toMatchObject({ Err: { code: 'gateway.not_resolvable' } });
  });
});

test('pauses grow from nothing to an hour', () => {
  expect(
    [1, 2, 3, 4, 11, 12, 100].map((attempts) => Number(pauseAfter(attempts) / SECOND)),
  ).toEqual([0, 5, 10, 20, 2560, 3600, 3600]);
});
