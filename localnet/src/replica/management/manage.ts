import { IDL } from '@dfinity/candid';

import { ModuleRefused } from '../../wasm/index.ts';
import { rejection, Refused, type Rejection } from '../errors/rejection.ts';
import { answer } from '../messaging/answer.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import type { Context, ManagementCall } from './call.ts';
import { MANAGEMENT_TYPES, type ManagementMethod, UNSUPPORTED_METHODS } from './idl.ts';
import { LATER } from './later.ts';
import { METHODS } from './methods.ts';

/** Executes a call to the management canister and answers it, now or later. */
export function manage(world: World, subnet: Subnet, call: ManagementCall): void {
  // A copy: methods take cycles from it, and what remains is refunded.
  const context: Context = { world, subnet, call: { ...call } };
  try {
    const reply = dispatch(context);
    if (reply !== LATER) answer(world, subnet, call.origin, { reply }, context.call.cycles);
  } catch (error) {
    const why = refusalOf(error);
    answer(world, subnet, call.origin, { rejection: why }, context.call.cycles);
  }
}

/** Runs a method and encodes its result. Throws `Refused`. */
export function dispatch(context: Context): Uint8Array | typeof LATER {
  const name = managementMethod(context.call.method);
  const method = METHODS[name];
  if (method.canistersOnly && context.call.callerCanister === null) {
    throw new Refused('CanisterRejectedMessage', `Only canisters can call ic00 method ${name}`);
  }
  const result = method.run(context, decodeArgument(name, context.call.payload) as never);
  if (result === LATER) return LATER;
  const values = result === undefined ? [] : [result];
  return IDL.encode([...MANAGEMENT_TYPES[name].result], values);
}

/** The method of this name. Throws `Refused`, naming what is not there. */
export function managementMethod(name: string): ManagementMethod {
  if (Object.hasOwn(MANAGEMENT_TYPES, name)) return name as ManagementMethod;
  if (UNSUPPORTED_METHODS.has(name)) {
    throw new Refused(
      'UnknownManagementMessage',
      `Management canister method '${name}' is not implemented by this test network`,
    );
  }
  throw new Refused('CanisterMethodNotFound', `Management canister has no method '${name}'`);
}

/** Arguments by payload: routing, inspecting, charging and executing all read the same bytes. */
const decoded = new WeakMap<Uint8Array, { readonly name: string; readonly value: unknown }>();

/** The decoded argument of a method; undefined for those without. Throws `Refused`. */
export function decodeArgument(name: ManagementMethod, payload: Uint8Array): unknown {
  const known = decoded.get(payload);
  if (known?.name === name) return known.value;
  try {
    const [value] = IDL.decode([...MANAGEMENT_TYPES[name].args], payload);
    decoded.set(payload, { name, value });
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(
      'InvalidManagementPayload',
      `Failed to decode payload for ic00 method: ${name}: ${reason}`,
    );
  }
}

/** The rejection in what a method threw; anything unforeseen is thrown on. */
export function refusalOf(error: unknown): Rejection {
  if (error instanceof Refused) return error.rejection;
  if (error instanceof ModuleRefused) return rejection('CanisterInvalidWasm', error.message);
  throw error;
}
