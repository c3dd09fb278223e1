import type { Refused } from '@fabrica/core';

import { gatewayErrors } from '../../errors.ts';
import type { TransferError, TransferFromError } from '../../peers/ledger.ts';
import type { LedgerOutcome } from './events.ts';
import type { Order } from './order.ts';

type Answer = { readonly Ok: bigint } | { readonly Err: TransferError | TransferFromError };

/** What a ledger's answer means for an order, and how the user is told if it ends the order. */
export function readLedger(
  answer: Answer,
  order: Pick<Order, 'price' | 'ledgerFee'>,
): LedgerOutcome {
  if ('Ok' in answer) return { kind: 'paid', block: answer.Ok };
  const error = answer.Err;
  if ('Duplicate' in error) return { kind: 'paid', block: error.Duplicate.duplicate_of };
  const needed = order.price + order.ledgerFee;
  if ('InsufficientAllowance' in error) {
    const { allowance } = error.InsufficientAllowance;
    return declined('funds', gatewayErrors.allowance_too_low({ allowance, needed }));
  }
  if ('InsufficientFunds' in error) {
    const { balance } = error.InsufficientFunds;
    return declined('funds', gatewayErrors.balance_too_low({ balance, needed }));
  }
  if ('BadFee' in error) {
    const expected = error.BadFee.expected_fee;
    const refused = gatewayErrors.ledger_fee_changed({ expected, quoted: order.ledgerFee });
    return { kind: 'declined', why: { kind: 'fee', expected }, refusal: refused.Err };
  }
  if ('TooOld' in error) return declined('too old', ledgerRefused('the transfer is too old'));
  if ('CreatedInFuture' in error) return declined('other', ledgerRefused('its clock is behind'));
  if ('TemporarilyUnavailable' in error)
    return declined('other', ledgerRefused('it is temporarily unavailable'));
  if ('BadBurn' in error) return declined('other', ledgerRefused('it takes this for a burn'));
  return declined('other', ledgerRefused(error.GenericError.message.slice(0, 300)));
}

function declined(kind: 'funds' | 'too old' | 'other', { Err: refusal }: Refused): LedgerOutcome {
  return { kind: 'declined', why: { kind }, refusal };
}

function ledgerRefused(reason: string): Refused {
  return gatewayErrors.ledger_refused({ reason });
}
