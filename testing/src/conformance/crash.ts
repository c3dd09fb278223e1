import { toIdlFactory, type ActorOf } from '@fabrica/core/candid';
import { GatewayService } from '@fabrica/gateway';
import {
  addFault,
  clearFaults,
  faults,
  instanceIdOf,
  releaseFault,
  type FaultReport,
} from '@fabrica/localnet';
import { upgradeBuilt } from '../canisters.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import type { User } from '../users.ts';
import { ACTIONS, type Manner } from './manners.ts';
import { orderBy, type Stage } from './stage.ts';

/** A call of a deployment: who makes it, and what it is. */
export interface DeploymentCall {
  readonly from: 'gateway' | 'factory';
  readonly method: string;
}

/** A call and how it goes wrong. */
export interface CrashPoint extends DeploymentCall {
  readonly manner: Manner;
  /** What must go wrong first, for the call to be made at all. */
  readonly after?: CrashPoint;
}

/** Every call between canisters that an order makes, first to last. */
export const CALLS: readonly DeploymentCall[] = [
  { from: 'gateway', method: 'validateOrder' },
  { from: 'gateway', method: 'icrc2_transfer_from' },
  { from: 'gateway', method: 'createContract' },
  { from: 'factory', method: 'create_canister' },
  { from: 'factory', method: 'install_chunked_code' },
  { from: 'factory', method: 'canister_status' },
  { from: 'factory', method: 'update_settings' },
];

/** What the gateway calls to put right what went wrong, and what makes it do so. */
export const REMEDIES: readonly (DeploymentCall & Required<Pick<CrashPoint, 'after'>>)[] = [
  {
    from: 'gateway',
    method: 'cancelDeployment',
    after: { from: 'gateway', method: 'createContract', manner: 'loses its answer' },
  },
  {
    from: 'gateway',
    method: 'icrc1_transfer',
    after: { from: 'factory', method: 'install_chunked_code', manner: 'fails' },
  },
];

/** Rounds in which an order reaches any of its calls, and in which what is released has run its course. */
const MAX_ROUNDS = 40;
const LAST_ROUNDS = 10;

/** Has a user order while a call goes wrong. What the order came to is for the caller to find out. */
export async function crash(stage: Stage, point: CrashPoint, user: User): Promise<FaultReport> {
  const { system, url } = stage;
  const instance = instanceIdOf(system.pic);
  const add = (at: CrashPoint) =>
    addFault(url, instance, {
      from: idOf(stage, at),
      method: at.method,
      action: ACTIONS[at.manner],
    });
  if (point.after !== undefined) await add(point.after);
  const { id } = await add(point);
  const report = async () => (await faults(url, instance)).find((fault) => fault.id === id)!;

  if (point.manner === 'outlives its caller') {
    await send(stage, user);
    for (let round = 0; round < MAX_ROUNDS && (await report()).hits === 0; round += 1) {
      await system.pic.tick();
    }
    await upgradeCaller(stage, point);
    await releaseFault(url, instance, id);
    await system.pic.tick(LAST_ROUNDS);
  } else {
    // An answer, a refusal or a rejection: what counts is what the canisters say afterwards.
    await user.gateway.createContract(orderBy(stage, user)).then(noted, noted);
  }
  const result = await report();
  await clearFaults(url, instance);
  return result;
}

/** Sends the order without waiting for its answer, which the client could not take if it is a rejection. */
async function send(stage: Stage, user: User): Promise<void> {
  const { pic, ids } = stage.system;
  const idl = toIdlFactory(GatewayService);
  const gateway = pic.createDeferredActor<ActorOf<typeof GatewayService>>(idl, ids.gateway);
  gateway.setIdentity(user.identity);
  await gateway.createContract(orderBy(stage, user));
}

async function upgradeCaller(stage: Stage, point: CrashPoint): Promise<void> {
  const { system, factory } = stage;
  const name = point.from === 'gateway' ? 'gateway' : factory.plugin.canister;
  await upgradeBuilt(system.pic, name, idOf(stage, point), ADMINISTRATOR);
}

function idOf({ system, factory }: Stage, { from }: CrashPoint) {
  return from === 'gateway' ? system.ids.gateway : factory.id;
}

function noted(): void {
  // The outcome is read back, not believed.
}
