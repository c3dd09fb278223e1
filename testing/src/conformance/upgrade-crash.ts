import type { Principal } from '@dfinity/principal';
import { addFault, clearFaults, faults, instanceIdOf, releaseFault } from '@fabrica/localnet';
import { upgradeBuilt } from '../canisters.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { accepted } from '../results.ts';
import { ACTIONS, type Manner } from './manners.ts';
import type { Stage } from './stage.ts';

/** A call that the factory makes for an upgrade, and the one of its name that goes wrong. */
export interface UpgradeCall {
  readonly method: string;
  /** Calls of that name that go well before. */
  readonly skip: number;
}

const first = (method: string): UpgradeCall => ({ method, skip: 0 });
const second = (method: string): UpgradeCall => ({ method, skip: 1 });

/** Every call of an upgrade, first to last. */
export const FORWARD: readonly UpgradeCall[] = [
  first('canister_status'),
  first('stop_canister'),
  first('take_canister_snapshot'),
  first('install_chunked_code'),
  first('start_canister'),
  first('contractHealth'),
  first('delete_canister_snapshot'),
];

/** Every call of the way back from a version that turns out to be wrong. */
export const BACK: readonly UpgradeCall[] = [
  second('stop_canister'),
  first('load_canister_snapshot'),
  second('start_canister'),
];

/** Seconds between looks at an upgrade, rounds each, and looks at most. */
const PAUSE = 5;
const ROUNDS = 3;
const MAX_PAUSES = 150;

/** Has a contract upgraded while a call goes wrong. @returns how the upgrade ended, and how often the call did go wrong. */
export async function crashUpgrade(
  { system, factory, url }: Stage,
  contract: Principal,
  { method, skip }: UpgradeCall,
  manner: Manner,
  request: () => Promise<void>,
): Promise<{ readonly phase: string; readonly hits: number }> {
  const { pic } = system;
  const instance = instanceIdOf(pic);
  const rule = { from: factory.id, method, skip, action: ACTIONS[manner] };
  const { id } = await addFault(url, instance, rule);
  const report = async () => (await faults(url, instance)).find((fault) => fault.id === id)!;
  await request();

  if (manner === 'outlives its caller') {
    for (let pause = 0; pause < MAX_PAUSES && (await report()).hits === 0; pause += 1) {
      await pic.tick(ROUNDS);
    }
    await upgradeBuilt(pic, factory.plugin.canister, factory.id, ADMINISTRATOR);
    await releaseFault(url, instance, id);
  }
  const phase = await endOf();
  const { hits } = await report();
  await clearFaults(url, instance);
  return { phase, hits };

  async function endOf(): Promise<string> {
    for (let pause = 0; pause < MAX_PAUSES; pause += 1) {
      await pic.advanceTime(PAUSE * 1000);
      await pic.tick(ROUNDS);
      const { upgrade } = accepted(await factory.actor.getUpgrade(contract));
      const [name] = Object.keys(upgrade[0]?.phase ?? {});
      if (name === 'Committed' || name === 'Restored' || name === 'Failed') return name;
    }
    throw new Error(`The upgrade is open after ${(MAX_PAUSES * PAUSE) / 60} minutes`);
  }
}
