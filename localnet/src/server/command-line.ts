import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { ServerOptions } from './server.ts';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'start';
      readonly server: ServerOptions;
      /** Where to write the port; null if only a person wants to know. */
      readonly portFile: string | null;
    };

/** Wrong arguments: told in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** How the command is used. */
export const USAGE = `localnet start [--port N] [--host ADDRESS] [--ttl SECONDS]
    Runs a network that follows the wall clock, until interrupted: for agents and browsers at
    the root, for PocketIC's clients as instance 0.
localnet (--pid N | --port-file PATH) [--port N] [--ttl SECONDS]
    Behaves as the PocketIC server binary: writes its port to a file; --ttl is 60 by default.`;

/** Seconds after the last request at which the PocketIC server exits. */
const POCKET_IC_TTL = 60;

/**
 * Reads the arguments after the program's name.
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  const asBinary = values.pid !== undefined || values['port-file'] !== undefined;
  const [verb, ...extra] = positionals;
  if (extra.length > 0 || (verb !== undefined && (verb !== 'start' || asBinary))) {
    throw new UsageError(`unexpected argument: ${extra[0] ?? verb}`);
  }
  if (verb === undefined && !asBinary) {
    throw new UsageError('nothing to do: try localnet start, or localnet --help');
  }

  const port = number('port', values.port, 65_535);
  const ttl = number('ttl', values.ttl, 1_000_000) ?? (asBinary ? POCKET_IC_TTL : undefined);
  const host = values.host ?? values['ip-addr'];
  const pid = number('pid', values.pid, Number.MAX_SAFE_INTEGER);
  const server = {
    ...(asBinary ? {} : { live: true }),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(ttl === undefined ? {} : { ttl }),
  };
  const portFile = values['port-file'] ?? (pid === undefined ? null : pocketIcPortFile(pid));
  return { kind: 'start', server, portFile };
}

/** Where PocketIC's clients look for the port of the server they have started. */
export function pocketIcPortFile(pid: number): string {
  return join(tmpdir(), `pocket_ic_${pid}.port`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        host: { type: 'string' },
        'ip-addr': { type: 'string' },
        ttl: { type: 'string' },
        pid: { type: 'string' },
        'port-file': { type: 'string' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function number(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from 0 to ${max}, not ${text}`);
}
