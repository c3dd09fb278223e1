import { isForInstance, serveInstance } from '../http/serve-instance.ts';
import type { PrintLine } from '../instances/instance.ts';
import { Routes } from '../pocket-ic/routes.ts';
import { type Address, type Handler, listen, type Listener } from '../web/listener.ts';
import { executionLine } from './execution-line.ts';
import { IdleTimer } from './idle-timer.ts';
import { type LiveNetwork, openLive } from './open-live.ts';
import { serverStatus, STATUS_PATH } from './server-status.ts';

/** Where and how long a server runs. */
export interface ServerOptions extends Address {
  /** Seconds after the last finished request at which the server closes itself. Default: never. */
  readonly ttl?: number;
  /** Is told, line by line, what canisters print. Default: nobody. */
  readonly print?: PrintLine;
  /**
   * Opens a network that follows the wall clock, as instance 0, and serves it to agents and browsers
   * at the root. Default: instances are made by clients only.
   */
  readonly live?: boolean;
  /** Keeps the live network in this folder. Default: it is lost when the server closes. */
  readonly stateDir?: string;
  /** A file with names of the live network's canisters, as `CanisterNames.follow` reads it. */
  readonly names?: string;
  /** Prints a line for every execution of the live network. */
  readonly calls?: boolean;
}

/** A server that listens. */
export type RunningServer = Listener;

/**
 * Starts a server of PocketIC's REST interface, as PocketIC 6 speaks it, and of the IC's own HTTP interface
 * for each of its instances.
 * @throws the system's error (such as EADDRINUSE) when it cannot listen; StateError when the state
 * folder cannot be used.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { ttl, print = null, live = false } = options;
  const idle = ttl === undefined ? undefined : new IdleTimer(ttl, () => void close());
  const routes = new Routes(print, idle);
  let main: LiveNetwork | null = null;
  let listener: Listener | null = null;
  // The last checkpoint comes when nobody can be answered any more.
  const close = async (): Promise<void> => {
    idle?.stop();
    await routes.close();
    await listener?.close();
    await main?.keeper?.close();
  };
  try {
    if (live) main = openMain(routes, options);
    listener = await listen(options, handler(routes, main), idle);
    return { ...listener, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openMain(routes: Routes, { stateDir, names, calls, print }: ServerOptions): LiveNetwork {
  const main = openLive(routes, stateDir, (line) => print?.(line));
  const { instance } = main;
  if (names !== undefined) instance.names.follow(names);
  if (calls === true) {
    instance.network.executions.subscribe((record) => print?.(executionLine(instance, record)));
  }
  return main;
}

function handler(routes: Routes, main: LiveNetwork | null): Handler {
  return (request, onAbort) => {
    if (request.method === 'GET' && request.path === STATUS_PATH) {
      const json = serverStatus(main?.instance ?? null, main?.keeper ?? null);
      return Promise.resolve({ status: 200, json });
    }
    if (main && isForInstance(request)) return serveInstance(main.instance, request);
    return routes.answer(request, onAbort);
  };
}
