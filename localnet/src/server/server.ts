import { isForInstance, serveInstance } from '../http/serve-instance.ts';
import type { Instance, PrintLine } from '../instances/instance.ts';
import { Routes } from '../pocket-ic/routes.ts';
import { type Address, type Handler, listen, type Listener } from '../web/listener.ts';
import { IdleTimer } from './idle-timer.ts';

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
}

/** A server that listens. */
export type RunningServer = Listener;

/**
 * Starts a server of PocketIC's REST interface, as PocketIC 6 speaks it, and of the IC's own HTTP interface
 * for each of its instances.
 * @throws the system's error (such as EADDRINUSE) when it cannot listen.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { ttl, print = null, live = false } = options;
  const idle = ttl === undefined ? undefined : new IdleTimer(ttl, () => void close());
  const routes = new Routes(print, idle);
  const main = live ? openLive(routes) : null;
  const handler: Handler = (request, onAbort) =>
    main && isForInstance(request) ? serveInstance(main, request) : routes.answer(request, onAbort);

  const end = async (): Promise<void> => {
    idle?.stop();
    await routes.close();
  };
  const listener = await listen(options, handler, idle).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const close = async (): Promise<void> => {
    await end();
    await listener.close();
  };
  return { ...listener, close };
}

/** A network as on the IC: a root subnet, and one for applications that pay cycles. */
function openLive(routes: Routes): Instance {
  const now = BigInt(Date.now()) * 1_000_000n;
  const { instance } = routes.open({ subnets: [{ kind: 'NNS' }, { kind: 'Application' }], now });
  instance.autoProgress.start();
  return instance;
}
