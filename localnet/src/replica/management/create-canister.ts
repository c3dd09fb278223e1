import { Principal } from '@dfinity/principal';

import { creationFee } from '../cycles/costs.ts';
import { Refused } from '../errors/rejection.ts';
import { canisterId, canisterIndex, textOf } from '../ids.ts';
import { Canister } from '../state/canister.ts';
import { DEFAULT_SETTINGS } from '../state/settings.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import { type Context, originOf } from './call.ts';
import { applySettings, type SettingsArgument } from './settings.ts';

type Opt<T> = readonly [T] | readonly [];

/** Cycles of a provisional canister when the call does not say. */
const PROVISIONAL_CYCLES = 100_000_000_000_000n;

/** `create_canister`: the attached cycles, less the fee, become the balance. */
export function createCanister(
  context: Context,
  argument: { settings: Opt<SettingsArgument>; sender_canister_version: Opt<bigint> },
): unknown {
  const { call, subnet } = context;
  const fee = creationFee(subnet);
  if (call.cycles < fee) {
    throw new Refused(
      'InsufficientCyclesForCreateCanister',
      `Creating a canister requires a fee of ${fee} that is deducted from the canister's initial ` +
        `balance but only ${call.cycles} cycles were received with the create_canister request.`,
    );
  }
  const origin = argument.sender_canister_version;
  const canister = create(context, subnet, freshId(subnet), argument.settings, origin);
  canister.cycles = call.cycles - fee;
  call.cycles = 0n;
  return { canister_id: Principal.fromUint8Array(canister.id) };
}

/** `provisional_create_canister_with_cycles`: cycles from nowhere, and an id of one's choice. */
export function provisionalCreateCanisterWithCycles(
  context: Context,
  argument: {
    amount: Opt<bigint>;
    settings: Opt<SettingsArgument>;
    specified_id: Opt<Principal>;
    sender_canister_version: Opt<bigint>;
  },
): unknown {
  const [amount = PROVISIONAL_CYCLES] = argument.amount;
  const [specified] = argument.specified_id;
  const [subnet, id] = specified
    ? specifiedId(context.world, specified.toUint8Array())
    : [context.subnet, freshId(context.subnet)];
  const version = argument.sender_canister_version;
  const canister = create(context, subnet, id, argument.settings, version);
  canister.cycles = amount;
  return { canister_id: Principal.fromUint8Array(canister.id) };
}

function create(
  context: Context,
  subnet: Subnet,
  id: Uint8Array,
  [given]: Opt<SettingsArgument>,
  version: Opt<bigint>,
): Canister {
  const { world, call } = context;
  const checked = given ? applySettings(DEFAULT_SETTINGS, given) : null;
  const origin = originOf(context, version);
  const controllers = checked?.controllers ?? [call.caller];
  const canister = new Canister(id, subnet, controllers, 0n);
  if (checked) canister.settings = checked.settings;
  canister.history.add({
    time: world.time,
    version: 0n,
    origin,
    details: { creation: { controllers } },
  });
  world.canisters.set(canister.key, canister);
  subnet.canisters.add(canister);
  return canister;
}

/** The next id of a subnet. Ids are never used again. */
function freshId(subnet: Subnet): Uint8Array {
  if (subnet.nextIndex > subnet.allocation.last) {
    throw new Refused(
      'SubnetOversubscribed',
      'Could not create canister. Subnet has surpassed its canister ID allocation.',
    );
  }
  const id = canisterId(subnet.nextIndex);
  subnet.nextIndex += 1n;
  return id;
}

/** The subnet of a chosen id: it must lie in a subnet's ranges, outside those it allocates from. */
function specifiedId(world: World, id: Uint8Array): [Subnet, Uint8Array] {
  const index = canisterIndex(id);
  const subnet = index === null ? null : world.subnetOf(id);
  if (index === null || subnet === null) {
    throw new Refused(
      'CanisterNotHostedBySubnet',
      `Unsuccessful validation of specified ID: ${textOf(id)} is in no range of this network's subnets.`,
    );
  }
  const { first, last } = subnet.allocation;
  if (index >= first && index <= last) {
    throw new Refused(
      'InvalidManagementPayload',
      `The \`specified_id\` ${textOf(id)} is invalid because it belongs to the canister allocation ` +
        'ranges of the test environment.',
    );
  }
  if (world.canister(id)) {
    throw new Refused(
      'CanisterIdAlreadyExists',
      `Unsuccessful canister creation: canister id ${textOf(id)} already exists.`,
    );
  }
  return [subnet, id];
}
