import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canisterId, emptyGateway, SECOND, START, user } from '../testing.ts';
import type { LedgerOutcome } from '../saga/events.ts';
import { NOTICE, refuseConfirmation, refuseProposal, type Confirmation } from './rules.ts';
import { beginWithdrawal, settleWithdrawal } from './transfer-steps.ts';
import type { Withdrawal } from './withdrawal.ts';

const ledger = canisterId(3);
const to = { owner: user(7), subaccount: null };

function proposed(changes: Partial<Withdrawal> = {}) {
  const { treasury } = emptyGateway().gateway;
  const draft = { ledger, amount: 1_000n, fee: 10n, to, proposedBy: user(1), proposedAt: START };
  return { treasury, withdrawal: { ...treasury.propose({ ...draft, alone: false }), ...changes } };
}

function confirmation(changes: Partial<Confirmation>, of: Partial<Withdrawal> = {}) {
  const code = refuseConfirmation({
    withdrawal: proposed(of).withdrawal,
    by: user(2),
    administrators: 2,
    treasury: to,
    changedAt: 0n,
    available: 1_000n,
    now: START + SECOND,
    ...changes,
  });
  return code?.Err.code ?? null;
}

describe('a withdrawal', () => {
  test.each<[string, bigint, bigint | null, string | null]>([
    ['all that is earned', 1_000n, 10n, null],
    ['more than is earned', 1_001n, 10n, 'gateway.beyond_earned'],
    ["no more than the ledger's fee", 10n, 10n, 'gateway.below_ledger_fee'],
    ['before the ledger told its fee', 500n, null, 'gateway.ledger_fee_unknown'],
  ])('of %s', (_, amount, fee, code) => {
    expect(refuseProposal(amount, fee, 1_000n)?.Err.code ?? null).toBe(code);
  });
  test.each<[string, Partial<Confirmation>, Partial<Withdrawal>, string | null]>([
    ['by a second administrator', {}, {}, null],
    ['by its proposer', { by: user(1) }, {}, 'gateway.second_administrator'],
    [
      'by its proposer, after the others were dismissed',
      { by: user(1), administrators: 1, now: START + NOTICE },
      {},
      'gateway.second_administrator',
    ],
    [
      'by the only administrator at once',
      { by: user(1), administrators: 1 },
      { alone: true },
      'gateway.notice_running',
    ],
    [
      'by the only administrator a day later',
      { by: user(1), administrators: 1, now: START + NOTICE },
      { alone: true },
      null,
    ],
    [
      'within a day of a change of administrators or treasury',
      { changedAt: START },
      {},
      'gateway.notice_running',
    ],
    ['a day after such a change', { changedAt: START, now: START + NOTICE }, {}, null],
    [
      'once the treasury is another',
      { treasury: { owner: user(8), subaccount: null } },
      {},
      'gateway.treasury_changed',
    ],
    ['of what went meanwhile', { available: 999n }, {}, 'gateway.beyond_earned'],
    ['twice', {}, { state: { Sending: null } }, 'gateway.not_proposed'],
  ])('is confirmed %s', (_, changes, of, code) => {
    expect(confirmation(changes, of)).toBe(code);
  });
});

type Luck = 'answered' | 'answer lost' | 'unsent' | 'busy';

test('whatever gets lost, a confirmed withdrawal is paid once, and the totals follow it', () => {
  const luck = fc.constantFrom<Luck>('answered', 'answer lost', 'unsent', 'busy');
  fc.assert(
    fc.property(
      fc.array(fc.record({ luck, pause: fc.integer({ min: 0, max: 40_000 }), dies: fc.boolean() })),
      (turns) => {
        const { treasury, withdrawal } = proposed();
        let journal: Withdrawal = { ...withdrawal, state: { Sending: null } };
        treasury.record(withdrawal, journal);
        let now = START;
        const paid = new Map<bigint, bigint>();
        const quiet = { luck: 'answered' as const, pause: 4_000, dies: false };
        for (const turn of [...turns, quiet, quiet, quiet]) {
          const sending = beginWithdrawal(journal, now);
          if (sending !== null) {
            treasury.record(journal, sending);
            journal = sending;
          }
          if (sending !== null && 'Sending' in sending.state) {
            const outcome = answer(turn.luck, sending, paid);
            const settled = settleWithdrawal(sending, outcome, now);
            if (!turn.dies) treasury.record(sending, (journal = settled));
          }
          now += BigInt(turn.pause) * SECOND + SECOND;
        }
        const { leaving, withdrawn } = treasury.outflow(ledger);
        expect(paid.size).toBeLessThanOrEqual(1);
        if ('Sent' in journal.state) {
          expect([paid.size, leaving, withdrawn]).toEqual([1, 0n, 1_000n]);
          expect(treasury.open).toEqual([]);
        } else {
          expect([leaving, withdrawn]).toEqual([1_000n, 0n]);
          expect(treasury.open).toEqual([0]);
        }
      },
    ),
    { numRuns: 400 },
  );
});

/** A ledger that recognises a repeated transfer by its time. */
function answer(luck: Luck, { createdAt }: Withdrawal, paid: Map<bigint, bigint>): LedgerOutcome {
  if (luck === 'unsent') return { kind: 'failed', effect: 'none', reason: luck };
  const refusal = { code: 'world.busy', message: '', action: '' };
  if (luck === 'busy' && !paid.has(createdAt))
    return { kind: 'declined', why: { kind: 'other' }, refusal };
  const block = paid.get(createdAt) ?? BigInt(paid.size);
  paid.set(createdAt, block);
  if (luck === 'answer lost') return { kind: 'failed', effect: 'possible', reason: luck };
  return { kind: 'paid', block };
}
