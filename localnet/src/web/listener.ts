import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type HttpAnswer, type HttpRequest, readRequest, writeAnswer } from './http.ts';
import { RequestError } from './request-error.ts';

/** How long an idle connection is kept, in ms: longer than any client pauses between requests. */
const KEEP_ALIVE = 600_000;

/** Calls back when the client goes away before it has its answer. */
export type OnAbort = (listener: () => void) => void;

/** Answers a request. What it throws becomes an answer with `{message}`. */
export type Handler = (request: HttpRequest, onAbort: OnAbort) => Promise<HttpAnswer>;

/** Where to listen. */
export interface Address {
  /** Default: any free port. */
  readonly port?: number;
  /** Default: 127.0.0.1, reachable from this machine only. */
  readonly host?: string;
}

/** A socket that listens. */
export interface Listener {
  readonly port: number;
  readonly url: string;
  /** Settles when it has closed, for whatever reason. */
  readonly closed: Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Is told when a request begins and when it has ended. */
export interface Activity {
  begin(): void;
  end(): void;
}

/**
 * Listens for HTTP requests.
 * @throws the system's error (such as EADDRINUSE) when it cannot listen.
 */
export async function listen(
  { port = 0, host = '127.0.0.1' }: Address,
  handler: Handler,
  activity?: Activity,
): Promise<Listener> {
  const server = createServer((message, response) => {
    activity?.begin();
    response.once('close', () => activity?.end());
    void serve(handler, message, response);
  });
  // Installing code may keep the process busy for long; connections must not time out meanwhile.
  server.keepAliveTimeout = KEEP_ALIVE;
  server.requestTimeout = 0;

  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const close = (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    return closed;
  };
  const address = await bind(server, port, host);
  return { port: address.port, url: `http://${host}:${address.port}`, closed, close };
}

function bind(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

async function serve(
  handler: Handler,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const request = await readRequest(message);
    const answer = await handler(request, (listener) => {
      response.once('close', () => {
        if (!response.writableFinished) listener();
      });
    });
    writeAnswer(response, answer);
  } catch (error) {
    // The request could not be read, or the handler has a fault. A lost client needs no answer.
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const status = error instanceof RequestError ? error.status : 500;
    const message = error instanceof Error ? error.message : String(error);
    writeAnswer(response, { status, json: { message } });
  }
}
