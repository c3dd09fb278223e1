import { c, update } from '../../candid/index.ts';
import type { Outcome } from '../ic/call-raw.ts';
import { call } from '../runtime/call.ts';

const method = {
  ...update([c.record({ canister_id: c.principal })], null),
  name: 'deposit_cycles',
} as const;

/**
 * Sends cycles to a canister, whoever controls it. Apart from the rest of the management canister, because
 * contracts parse what they import at every installation.
 */
export function depositCycles(canister: Uint8Array, cycles: bigint): Promise<Outcome<null>> {
  return call(new Uint8Array(), method, [{ canister_id: canister }], { cycles });
}
