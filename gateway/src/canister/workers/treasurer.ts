import { call, worker, type Context } from '@fabrica/core/canister';

import { settledAt } from '../../model/look-up/window.ts';
import { wantedWithdrawal } from '../../model/look-up/wanted.ts';
import type { LedgerOutcome } from '../../model/saga/events.ts';
import { readLedger } from '../../model/saga/read-ledger.ts';
import {
  beginWithdrawal,
  settleWithdrawal,
  settleWithdrawalLookUp,
} from '../../model/treasury/transfer-steps.ts';
import { withdrawalMemo, type Withdrawal } from '../../model/treasury/withdrawal.ts';
import type { Payment } from '../../peers/invoice.ts';
import { Ledger } from '../../peers/ledger.ts';
import { heights } from '../look-up/heights.ts';
import { lookUp } from '../look-up/look-up.ts';
import { gateway } from '../memory.ts';
import { inOwnLane } from './lanes.ts';
import { deliver } from './storages.ts';

/** Seconds between two looks at withdrawals on their way. */
const AGAIN = 60;

/** Withdrawals that a message is sending. On the heap: an upgrade, which ends all messages, frees them. */
const inHand = new Set<number>();

/** Sends a confirmed withdrawal, or repeats it; does nothing if a message is doing so or a pause runs. */
export async function send(number: number, context: Context): Promise<Withdrawal> {
  const { treasury, config } = gateway;
  const written = treasury.at(number);
  if (written === null) throw new Error(`No withdrawal ${number}`);
  if (inHand.has(number) || config.flag('emergency_stop')) return written;
  if ('Stuck' in written.state) return clearUp(written, context);
  const sending = beginWithdrawal(written, context.now);
  if (sending === null) return written;
  treasury.record(written, sending);
  if (!('Sending' in sending.state)) return sending;
  inHand.add(number);
  try {
    const outcome = await transfer(sending);
    if (outcome.kind === 'paid') heights.note(sending.ledger, outcome.block, context.now);
    const settled = settleWithdrawal(sending, outcome, context.now);
    treasury.record(sending, settled);
    if (!('Sending' in settled.state)) tellOutcome(settled, context.now);
    return settled;
  } finally {
    inHand.delete(number);
  }
}

/** Looks for a withdrawal's transfer among the ledger's blocks, once no attempt at it can be carried out any more. */
async function clearUp(withdrawal: Withdrawal, context: Context): Promise<Withdrawal> {
  const { number, notBefore } = withdrawal;
  if (context.now < notBefore || context.now < settledAt(withdrawal)) return withdrawal;
  inHand.add(number);
  try {
    const wanted = wantedWithdrawal(withdrawal, context.self);
    let outcome = await lookUp('withdrawal', number, wanted);
    while (outcome.kind === 'searching') outcome = await lookUp('withdrawal', number, wanted);
    // An administrator may have decided meanwhile.
    const written = gateway.treasury.at(number);
    if (written === null || !('Stuck' in written.state)) return written ?? withdrawal;
    const settled = settleWithdrawalLookUp(written, outcome, context.now);
    gateway.treasury.record(written, settled);
    if ('Sent' in settled.state) tellOutcome(settled, context.now);
    return settled;
  } finally {
    inHand.delete(number);
  }
}

/** Repeats withdrawals whose outcome an upgrade, a trap or an outage left open. Asleep while none is. */
export const treasurer = worker(() => {
  const { open } = gateway.treasury;
  for (const number of open) {
    if (!inHand.has(number)) inOwnLane((context) => send(number, context));
  }
  return open.length > 0 ? AGAIN : null;
});

async function transfer(withdrawal: Withdrawal): Promise<LedgerOutcome> {
  const { ledger, to, amount, fee, createdAt } = withdrawal;
  const outcome = await call(ledger, Ledger.methods.icrc1_transfer, [
    {
      from_subaccount: null,
      to,
      amount: amount - fee,
      fee,
      memo: withdrawalMemo(withdrawal),
      created_at_time: createdAt,
    },
  ]);
  if (outcome.ok) return readLedger(outcome.value, { price: amount - fee, ledgerFee: fee });
  const { effect, message } = outcome.failure;
  return { kind: 'failed', effect, reason: message.slice(0, 300) };
}

/** Tells the storages what became of a withdrawal. */
function tellOutcome(withdrawal: Withdrawal, now: bigint): void {
  const { number, ledger, to, amount, fee, block, confirmedBy, proposedBy } = withdrawal;
  const memo = withdrawalMemo(withdrawal);
  const sent = 'Sent' in withdrawal.state;
  gateway.audit.push({
    time: now,
    actor: confirmedBy ?? proposedBy,
    action: sent ? 'withdrawal.sent' : 'withdrawal.stuck',
    severity: sent ? { Info: null } : { Critical: null },
    subject: null,
    reference: memo,
    contract: null,
    factory: '',
    detail: String(number),
  });
  if (sent) {
    const payment: Payment = {
      time: now,
      user: to.owner,
      reference: memo,
      kind: { Withdrawal: null },
      ledger,
      amount: amount - fee,
      fee,
      block,
      status: { Completed: null },
      factory: '',
      memo,
    };
    gateway.invoice.push(payment);
  }
  deliver();
}
