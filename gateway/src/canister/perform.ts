import { call, type Context, type Outcome } from '@fabrica/core/canister';

import { withFee } from '../model/administration/ledger-fees.ts';
import type {
  CancelOutcome,
  CreateOutcome,
  Effect,
  LedgerOutcome,
  LookUpOutcome,
  Outcomes,
  ValidateOutcome,
} from '../model/saga/events.ts';
import { wantedOf } from '../model/look-up/wanted.ts';
import { keyOf, type Charge, type Order, type Refund } from '../model/saga/order.ts';
import { readLedger } from '../model/saga/read-ledger.ts';
import { Factory } from '../peers/factory.ts';
import { Ledger } from '../peers/ledger.ts';
import { heights } from './look-up/heights.ts';
import { lookUp } from './look-up/look-up.ts';
import { gateway } from './memory.ts';

type Performers = {
  readonly [E in Effect]: (order: Order, context: Context) => Promise<Outcomes[E]>;
};

/** Sends the call of an effect. All of it that may be repeated is taken from the order, so repetitions are identical. */
export const perform = <E extends Effect>(
  effect: E,
  order: Order,
  context: Context,
): Promise<Outcomes[E]> => (performers as Performers)[effect](order, context);

const performers: Performers = {
  Validate: validate,
  Charge: charge,
  Create: create,
  Cancel: cancel,
  Refund: refund,
  LookUp: look,
};

async function validate(order: Order): Promise<ValidateOutcome> {
  const { factoryCanister, caller, args } = order;
  const outcome = await call(factoryCanister, Factory.methods.validateOrder, [caller, args]);
  if (!outcome.ok) return failed(outcome);
  const answer = outcome.value;
  return 'Ok' in answer ? { kind: 'valid' } : { kind: 'declined', refusal: answer.Err };
}

async function charge(order: Order, context: Context): Promise<LedgerOutcome> {
  const { createdAt } = order.charge as Charge;
  const outcome = await call(order.ledger, Ledger.methods.icrc2_transfer_from, [
    {
      spender_subaccount: null,
      from: { owner: order.caller, subaccount: null },
      to: { owner: context.self, subaccount: null },
      amount: order.price,
      fee: order.ledgerFee,
      memo: keyOf(order),
      created_at_time: createdAt,
    },
  ]);
  return outcome.ok ? note(readLedger(outcome.value, order), order, context) : failed(outcome);
}

async function create(order: Order): Promise<CreateOutcome> {
  const payment = {
    requestId: keyOf(order),
    ledger: order.ledger,
    amount: order.price,
    block: order.charge?.block ?? null,
  };
  const outcome = await call(order.factoryCanister, Factory.methods.createContract, [
    order.caller,
    order.args,
    payment,
  ]);
  if (!outcome.ok) return failed(outcome);
  const answer = outcome.value;
  return 'Ok' in answer
    ? { kind: 'created', contract: answer.Ok.id }
    : { kind: 'declined', refusal: answer.Err };
}

async function cancel(order: Order): Promise<CancelOutcome> {
  const outcome = await call(order.factoryCanister, Factory.methods.cancelDeployment, [
    keyOf(order),
  ]);
  if (!outcome.ok) return failed(outcome);
  const answer = outcome.value;
  if ('Err' in answer) return { kind: 'failed', effect: 'none', reason: answer.Err.code };
  return 'Deployed' in answer.Ok
    ? { kind: 'created', contract: answer.Ok.Deployed }
    : { kind: 'cancelled' };
}

async function refund(order: Order, context: Context): Promise<LedgerOutcome> {
  const { createdAt, amount, fee } = order.refund as Refund;
  const outcome = await call(order.ledger, Ledger.methods.icrc1_transfer, [
    {
      from_subaccount: null,
      to: { owner: order.caller, subaccount: null },
      amount,
      fee,
      memo: keyOf(order),
      created_at_time: createdAt,
    },
  ]);
  return outcome.ok ? note(readLedger(outcome.value, order), order, context) : failed(outcome);
}

async function look(order: Order, { self }: Context): Promise<LookUpOutcome> {
  const wanted = wantedOf(order, self);
  if (wanted === null) throw new Error(`Order ${order.number} has no transfer to look up`);
  return lookUp('order', order.number, wanted);
}

/** A ledger that declines a fee tells the new one: the next quote has it. One that accepts tells how long its log is. */
function note(outcome: LedgerOutcome, { ledger }: Order, { now }: Context): LedgerOutcome {
  if (outcome.kind === 'paid') heights.note(ledger, outcome.block, now);
  if (outcome.kind === 'declined' && outcome.why.kind === 'fee') {
    const fees = gateway.ledgerFees.get();
    gateway.ledgerFees.set(withFee(fees, { ledger, fee: outcome.why.expected, at: now }));
  }
  return outcome;
}

function failed({ failure }: Extract<Outcome<unknown>, { ok: false }>) {
  const { effect, message } = failure;
  return { kind: 'failed', effect, reason: message.slice(0, 300) } as const;
}
