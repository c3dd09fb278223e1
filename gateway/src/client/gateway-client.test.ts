import { Principal } from '@dfinity/principal';
import { describe, expect, test, vi } from 'vitest';

import {
  createGatewayClient,
  newRequestId,
  type GatewayActor,
  type LedgerActor,
} from './gateway-client.ts';

const gatewayId = Principal.fromText('aaaaa-aa');
const contract = Principal.fromUint8Array(Uint8Array.of(1, 2, 3));
const refused = (code: string) => ({ Err: { code, message: 'm', action: 'a' } });
const quoted = {
  Ok: {
    factory: 'token',
    ledger: gatewayId,
    price: 100n,
    ledgerFee: 10n,
    approve: 110n,
    refundIfFailed: 90n,
    expiresAt: 5n,
    ledgerFeeAt: 1n,
  },
};
const receipt = {
  Ok: {
    requestId: Uint8Array.of(1),
    contract,
    factory: 'token',
    ledger: gatewayId,
    price: 100n,
    block: [7n],
  },
};

/** A client whose gateway and ledger answer as told. */
function withClient(answers: { known?: boolean; orders?: object[]; approve?: object } = {}) {
  const { known = false, orders = [receipt], approve = { Ok: 1n } } = answers;
  const left = [...orders];
  const gateway = {
    quote: vi.fn(() => Promise.resolve(quoted)),
    getRequest: vi.fn(() =>
      Promise.resolve(known ? { Ok: {} } : refused('gateway.unknown_request')),
    ),
    createContract: vi.fn(() => Promise.resolve(left.length > 1 ? left.shift() : left[0])),
  };
  const ledger = {
    icrc2_approve: vi.fn<(args: object) => Promise<object>>(() => Promise.resolve(approve)),
  };
  const client = createGatewayClient(
    gateway as unknown as GatewayActor,
    gatewayId,
    ledger as unknown as LedgerActor,
  );
  const order = (more: object = {}) =>
    client.order({
      factory: 'token',
      args: new Uint8Array(),
      requestId: Uint8Array.of(1),
      ...more,
    });
  return { gateway, ledger, order };
}

describe('an order', () => {
  test('approves price and ledger fee for as long as the quote holds, then orders', async () => {
    const { ledger, order } = withClient();
    expect(await order()).toEqual(receipt);
    expect(ledger.icrc2_approve.mock.calls[0]?.[0]).toMatchObject({
      amount: 110n,
      expires_at: [5n],
      fee: [10n],
    });
  });
  test('that was sent before approves nothing anew', async () => {
    const { ledger, order } = withClient({ known: true });
    expect(await order()).toEqual(receipt);
    expect(ledger.icrc2_approve).not.toHaveBeenCalled();
  });
  test('dearer than agreed is not approved', async () => {
    const { ledger, gateway, order } = withClient();
    expect(await order({ maxPrice: 99n })).toMatchObject({
      Err: { code: 'gateway.price_too_high' },
    });
    expect(ledger.icrc2_approve).not.toHaveBeenCalled();
    expect(gateway.createContract).not.toHaveBeenCalled();
  });
  test('is not sent when the ledger refuses the approval', async () => {
    const { gateway, order } = withClient({
      approve: { Err: { InsufficientFunds: { balance: 5n } } },
    });
    const answer = await order();
    expect(answer).toMatchObject({ Err: { code: 'gateway.approval_refused' } });
    expect('Err' in answer && answer.Err.message).toContain('InsufficientFunds: balance 5');
    expect(gateway.createContract).not.toHaveBeenCalled();
  });
  test('in progress is asked about until it is decided', async () => {
    vi.useFakeTimers();
    const { gateway, order } = withClient({
      orders: [refused('gateway.request_in_progress'), receipt],
    });
    const answer = order();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await answer).toEqual(receipt);
    expect(gateway.createContract).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});

test('requestIds are random', () => {
  expect(newRequestId()).toHaveLength(16);
  expect(newRequestId()).not.toEqual(newRequestId());
});
