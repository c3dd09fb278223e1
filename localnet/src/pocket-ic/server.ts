import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { readRequest, writeAnswer } from './http.ts';
import { IdleTimer } from './idle-timer.ts';
import type { PrintLine } from './instance.ts';
import { RequestError } from './request-error.ts';
import { Routes } from './routes.ts';

/** How long an idle connection is kept, in ms: longer than any client pauses between requests. */
const KEEP_ALIVE = 600_000;

/** Where and how long a server runs. */
export interface ServerOptions {
  /** Default: any free port. */
  readonly port?: number;
  /** Default: 127.0.0.1, reachable from this machine only. */
  readonly host?: string;
  /** Seconds after the last finished request at which the server closes itself. Default: never. */
  readonly ttl?: number;
  /** Is told, line by line, what canisters print. Default: nobody. */
  readonly print?: PrintLine;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  /** Settles when the server has stopped, for whatever reason. */
  readonly closed: Promise<void>;
  /** Ends all networks and connections. */
  close(): Promise<void>;
}

/**
 * Starts a server of PocketIC's REST interface, as PocketIC 6 speaks it.
 * @throws the system's error (such as EADDRINUSE) when it cannot listen.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { port = 0, host = '127.0.0.1', ttl, print = null } = options;
  const routes = new Routes(print);
  const idle = ttl === undefined ? null : new IdleTimer(ttl, () => void close());
  const server = createServer((message, response) => {
    idle?.begin();
    response.once('close', () => idle?.end());
    void serve(routes, message, response);
  });
  // Installing code may keep the process busy for long; connections must not time out meanwhile.
  server.keepAliveTimeout = KEEP_ALIVE;
  server.requestTimeout = 0;

  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const close = (): Promise<void> => {
    idle?.stop();
    routes.close();
    server.close();
    server.closeAllConnections();
    return closed;
  };

  const address = await listen(server, port, host).catch((error: unknown) => {
    idle?.stop();
    throw error;
  });
  return { port: address.port, url: `http://${host}:${address.port}`, closed, close };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

async function serve(
  routes: Routes,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const request = await readRequest(message);
    const answer = await routes.answer(request, (listener) => {
      response.once('close', () => {
        if (!response.writableFinished) listener();
      });
    });
    writeAnswer(response, answer);
  } catch (error) {
    // Only reading the request or writing the answer fails here; a lost client needs no answer.
    if (error instanceof RequestError) {
      writeAnswer(response, { status: error.status, json: { message: error.message } });
    } else response.destroy();
  }
}
