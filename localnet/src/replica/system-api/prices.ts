import { PRICES } from '../config/prices.ts';
import { callReservation, creationFee, httpCost, price } from '../cycles/costs.ts';
import type { Execution } from '../execution/execution.ts';
import { type SystemCalls, systemCall } from './system-call.ts';

const EVERYWHERE = '* s';
/** Answers of the calls that name a key: the cost was written, or the key is not known. */
const KNOWN = 0;
const UNKNOWN_KEY = 2;

/** What things would cost. */
export const priceCalls: SystemCalls = {
  cost_call: systemCall('llI->', EVERYWHERE, (x, name: bigint, payload: bigint, to: number) => {
    const bytes = Number(BigInt.asUintN(64, name)) + Number(BigInt.asUintN(64, payload));
    const cost = callReservation(x.canister.subnet, bytes, x.instance.memory64);
    x.give128(cost.request + cost.transmission + cost.execution, to);
  }),
  cost_create_canister: systemCall('I->', EVERYWHERE, (x, to: number) => {
    x.give128(creationFee(x.canister.subnet), to);
  }),
  cost_http_request: systemCall(
    'llI->',
    EVERYWHERE,
    (x, request: bigint, response: bigint, to: number) => {
      const [sent, received] = [BigInt.asUintN(64, request), BigInt.asUintN(64, response)];
      x.give128(httpCost(x.canister.subnet, sent, received), to);
    },
  ),
  cost_sign_with_ecdsa: systemCall('IIiI->i', EVERYWHERE, keyCost),
  cost_sign_with_schnorr: systemCall('IIiI->i', EVERYWHERE, keyCost),
  cost_vetkd_derive_key: systemCall('IIiI->i', EVERYWHERE, keyCost),
};

function keyCost(x: Execution, from: number, size: number, _kind: number, to: number): number {
  const name = new TextDecoder().decode(x.take(from, size));
  const amount = KEY_PRICES.get(name);
  if (amount === undefined) return UNKNOWN_KEY;
  x.give128(price(x.canister.subnet, amount), to);
  return KNOWN;
}

const KEY_PRICES: ReadonlyMap<string, bigint> = new Map([
  ['dfx_test_key', PRICES.thresholdTestKey],
  ['test_key_1', PRICES.thresholdTestKey],
  ['key_1', PRICES.thresholdKey],
]);
