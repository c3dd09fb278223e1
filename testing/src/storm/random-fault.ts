import type { FaultAction, FaultRequest } from '@fabrica/localnet';

import type { SystemIds } from '../token-system.ts';
import type { Random } from './random.ts';

/** Everything an order makes canisters call: of the ledger, the factory, the storages and the platform. */
const CALLS: readonly (readonly [from: 'gateway' | 'tokenFactory', method: string])[] = [
  ['gateway', 'validateOrder'],
  ['gateway', 'icrc2_transfer_from'],
  ['gateway', 'createContract'],
  ['gateway', 'cancelDeployment'],
  ['gateway', 'icrc1_transfer'],
  ['gateway', 'logEvents'],
  ['gateway', 'recordPayments'],
  ['gateway', 'icrc3_get_blocks'],
  ['tokenFactory', 'create_canister'],
  ['tokenFactory', 'install_chunked_code'],
  ['tokenFactory', 'canister_status'],
  ['tokenFactory', 'update_settings'],
];

/** Every way in which a call can go wrong and be over. */
const ACTIONS: readonly FaultAction[] = [
  { kind: 'reject', code: 2, message: 'the network was busy' },
  { kind: 'reject', code: 5, message: 'it said no more' },
  { kind: 'lose-answer' },
  { kind: 'trap-callback' },
  { kind: 'delay-rounds', rounds: 7 },
];

/** A call of those to come that goes wrong, after `most` at most that go well. */
export function randomFault(random: Random, ids: SystemIds, most: number): FaultRequest {
  const [from, method] = random.pick(CALLS);
  return {
    from: ids[from],
    method,
    skip: random.below(most + 1),
    times: 1 + random.below(3),
    action: random.pick(ACTIONS),
  };
}
