import { Principal } from '@dfinity/principal';

import type { Canister } from '../state/canister.ts';
import type { World } from '../world.ts';
import { decodeArgument, managementMethod } from './manage.ts';
import { METHODS } from './methods.ts';

/** The canister that a management message from outside is about, who pays for taking it in. */
export function managedCanister(
  world: World,
  method: string,
  payload: Uint8Array,
): Canister | null {
  const name = managementMethod(method);
  if (!METHODS[name].controllersOnly) return null;
  const id = canisterIn(decodeArgument(name, payload));
  return id && world.canister(id);
}

/** `canister_id`, `target_canister` or `specified_id` of an argument. */
export function canisterIn(argument: unknown): Uint8Array | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const fields = argument as Readonly<Record<string, unknown>>;
  const specified = fields['specified_id'];
  const id = fields['canister_id'] ?? fields['target_canister'];
  const found = id ?? (Array.isArray(specified) ? specified[0] : undefined);
  return found instanceof Principal ? found.toUint8Array() : null;
}
