import type { Instance } from '../instances/instance.ts';
import { Keeper } from '../instances/keeper.ts';
import type { Routes } from '../pocket-ic/routes.ts';
import { Network } from '../replica/index.ts';
import { StateFolder } from '../state-dir/index.ts';

/** The network of a server that follows the wall clock, and what keeps it. */
export interface LiveNetwork {
  readonly instance: Instance;
  /** Null if the network is lost with the process. */
  readonly keeper: Keeper | null;
}

/**
 * Opens a network as on the IC: a root subnet, and one for applications that pay cycles. Goes on with the
 * one in `stateDir`, if there is one.
 * @param report Is told of checkpoints that fail.
 * @throws StateError if the folder cannot be used.
 */
export function openLive(
  routes: Routes,
  stateDir: string | undefined,
  report: (line: string) => void,
): LiveNetwork {
  if (stateDir === undefined) return { instance: start(routes, fresh()), keeper: null };
  const folder = StateFolder.open(stateDir);
  try {
    const kept = folder.load();
    const instance = start(routes, kept?.network ?? fresh());
    instance.replays.restore(kept?.accepted ?? []);
    instance.names.restore(kept?.names ?? []);
    return { instance, keeper: new Keeper(folder, instance, report) };
  } catch (error) {
    folder.close();
    throw error;
  }
}

function fresh(): Network {
  const now = BigInt(Date.now()) * 1_000_000n;
  return new Network({ subnets: [{ kind: 'NNS' }, { kind: 'Application' }], now });
}

function start(routes: Routes, network: Network): Instance {
  const { instance } = routes.adopt(network);
  instance.autoProgress.start();
  return instance;
}
