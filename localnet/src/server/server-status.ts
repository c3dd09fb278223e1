import type { Instance } from '../instances/instance.ts';
import type { Keeper } from '../instances/keeper.ts';
import type { Json } from '../web/exact-json.ts';

/** What `GET /_/status` tells. */
export interface ServerStatus {
  readonly pid: number;
  /** Seconds since the server was started. */
  readonly uptime: number;
  /** Of the network that follows the wall clock; null if there is none. */
  readonly network: {
    readonly canisters: number;
    readonly executions: number;
    readonly rootKey: string;
  } | null;
  /** Of the folder that keeps the network; null if it is lost with the process. */
  readonly state: {
    readonly folder: string;
    readonly bytes: number;
    /** When the last checkpoint was made, ms since the epoch; 0 if there was none. */
    readonly checkpointAt: number;
    readonly checkpointMs: number;
    readonly failure: string | null;
  } | null;
}

/** Where servers tell their status. */
export const STATUS_PATH = '/_/status';

/** A server's status. */
export function serverStatus(main: Instance | null, keeper: Keeper | null): Json {
  const status: ServerStatus = {
    pid: process.pid,
    uptime: Math.floor(process.uptime()),
    network: main && {
      canisters: main.network.canisters().length,
      executions: main.network.executions.since(Infinity).next,
      rootKey: Buffer.from(main.network.rootKey).toString('hex'),
    },
    state: keeper && {
      folder: keeper.folder.path,
      bytes: keeper.folder.size,
      checkpointAt: keeper.last.at,
      checkpointMs: Math.round(keeper.last.milliseconds),
      failure: keeper.last.failure,
    },
  };
  return {
    ...status,
    network: status.network && { ...status.network },
    state: status.state && { ...status.state },
  };
}
