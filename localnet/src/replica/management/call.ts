import { Refused } from '../errors/rejection.ts';
import { sameBytes, textOf } from '../ids.ts';
import type { CallOrigin } from '../messaging/message.ts';
import type { Canister } from '../state/canister.ts';
import type { Origin } from '../state/history.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';

/** A call to the management canister. */
export interface ManagementCall {
  readonly origin: CallOrigin;
  readonly method: string;
  readonly payload: Uint8Array;
  readonly caller: Uint8Array;
  /** The caller, if it is a canister. */
  readonly callerCanister: Canister | null;
  /** The calling canister's version, null for a caller outside. */
  readonly senderVersion: bigint | null;
  /** Cycles attached and not accepted so far. */
  cycles: bigint;
}

/** What a method works on. */
export interface Context {
  readonly world: World;
  /** Where the call is executed, and where `create_canister` creates. */
  readonly subnet: Subnet;
  readonly call: ManagementCall;
}

/** The canister with this id. Throws `Refused` if there is none. */
export function existing({ world }: Context, id: Uint8Array): Canister {
  const canister = world.canister(id);
  if (canister) return canister;
  throw new Refused('CanisterNotFound', `Canister ${textOf(id)} not found.`);
}

/** The canister with this id, if the caller controls it. Throws `Refused` if not. */
export function controlled(context: Context, id: Uint8Array): Canister {
  const canister = existing(context, id);
  requireController(context, canister);
  return canister;
}

/** The same, also open to the canister itself. */
export function controlledOrSelf(context: Context, id: Uint8Array): Canister {
  const canister = existing(context, id);
  if (!sameBytes(context.call.caller, id)) requireController(context, canister);
  return canister;
}

function requireController({ call }: Context, canister: Canister): void {
  if (canister.isController(call.caller)) return;
  const controllers = canister.controllers.map(textOf).join(' ');
  throw new Refused(
    'CanisterInvalidController',
    `Only the controllers of the canister ${canister.text} can control it.\n` +
      `Canister's controllers: ${controllers}\n` +
      `Sender's ID: ${textOf(call.caller)}`,
  );
}

/**
 * Who a change is attributed to.
 * @param given The argument's `sender_canister_version`: must be the calling canister's own.
 */
export function originOf({ call }: Context, given: readonly [bigint] | readonly []): Origin {
  const { caller, callerCanister, senderVersion } = call;
  if (callerCanister === null) return { from_user: { user_id: caller } };
  const [version = null] = given;
  if (version !== null && version !== senderVersion) {
    throw new Refused(
      'CanisterContractViolation',
      `sender_canister_version ${version} is not the version of the calling canister`,
    );
  }
  return { from_canister: { canister_id: caller, canister_version: version } };
}
