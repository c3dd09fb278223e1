import { Principal } from '@dfinity/principal';

import type { Instance } from '../../instances/instance.ts';
import type { Json } from '../../web/exact-json.ts';
import { badRequest } from '../../web/request-error.ts';
import type { Operation } from '../operations.ts';

/** Longest name of a canister, in characters. */
const MAX_NAME = 100;

/** What canisters do and have, and what they are called. */
export const CANISTER_OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET _/usage': ({ instance }) => ({
    time: instance.network.now,
    canisters: instance.network.canisters().map((id) => usageJson(instance, id)),
  }),

  'POST _/names': ({ instance, body }) => {
    const id = body.principal('canister');
    const name = body.text('name');
    if (id === undefined) throw badRequest('Field canister must be a principal.');
    if (name === '' || name.length > MAX_NAME || /[\p{Cc}\]]/u.test(name)) {
      throw badRequest(`A name has 1 to ${MAX_NAME} characters, no control characters and no ].`);
    }
    instance.names.give(id, name);
    return null;
  },
};

function usageJson({ network, names, usage }: Instance, id: Uint8Array): Json {
  const canister = Principal.fromUint8Array(id).toText();
  const { status, memory } = network.canisterFacts(id);
  const { calls, executions, instructions, cycles, traps } = usage.of(canister);
  return {
    canister,
    name: names.of(id),
    status,
    calls,
    executions,
    instructions,
    cycles_charged: cycles,
    traps,
    cycles: network.cyclesBalance(id),
    memory,
  };
}
