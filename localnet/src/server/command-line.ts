import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { ServerOptions } from './server.ts';
import { UsageError } from './usage-error.ts';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'start';
      readonly server: ServerOptions;
      /** Where to write the port; null if only a person wants to know. */
      readonly portFile: string | null;
    }
  | { readonly kind: 'status'; readonly port?: number; readonly json: boolean }
  | { readonly kind: 'stop'; readonly port?: number }
  | {
      readonly kind: 'top';
      readonly port?: number;
      readonly once: boolean;
      readonly json: boolean;
    };

/** How the command is used. */
export const USAGE = `localnet start [--port N] [--host ADDRESS] [--state-dir FOLDER] [--names FILE] [--calls] [--ttl SECONDS]
    Runs a network that follows the wall clock, until it is stopped: for agents and browsers at the
    root, for PocketIC's clients as instance 0.
    --state-dir  keeps the network in a folder, and goes on with the one that is there
    --names      canister names for logs and tables: {name: id}, or dfx's canister_ids.json
    --calls      prints a line for every execution, with its instructions
localnet status [--port N] [--json]
    The networks that run.
localnet stop [--port N]
    Ends one, after its last checkpoint.
localnet top [--port N] [--once] [--json]
    Calls, instructions, cycles and memory by canister, every second.
localnet (--pid N | --port-file PATH) [--port N] [--ttl SECONDS]
    Behaves as the PocketIC server binary: writes its port to a file; --ttl is 60 by default.`;

/** Seconds after the last request at which the PocketIC server exits. */
const POCKET_IC_TTL = 60;

/** The options of each verb; of no verb, those of the PocketIC server. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  start: ['port', 'host', 'ip-addr', 'ttl', 'state-dir', 'names', 'calls'],
  status: ['port', 'json'],
  stop: ['port'],
  top: ['port', 'once', 'json'],
  '': ['port', 'host', 'ip-addr', 'ttl', 'pid', 'port-file'],
};

/**
 * Reads the arguments after the program's name.
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  const [verb = '', ...extra] = positionals;
  const allowed = Object.hasOwn(ALLOWED, verb) ? ALLOWED[verb] : undefined;
  if (extra.length > 0 || allowed === undefined) {
    throw new UsageError(`unexpected argument: ${extra[0] ?? verb}`);
  }
  const asBinary = values.pid !== undefined || values['port-file'] !== undefined;
  if (verb === '' && !asBinary) {
    throw new UsageError('nothing to do: try localnet start, or localnet --help');
  }
  const other = Object.keys(values).find((name) => !allowed.includes(name));
  if (other !== undefined) throw new UsageError(`unexpected option: --${other}`);

  const port = number('port', values.port, 65_535);
  const chosen = port === undefined ? {} : { port };
  const { once = false, json = false } = values;
  if (verb === 'status') return { kind: 'status', ...chosen, json };
  if (verb === 'stop') return { kind: 'stop', ...chosen };
  if (verb === 'top') return { kind: 'top', ...chosen, once, json };

  const ttl = number('ttl', values.ttl, 1_000_000) ?? (asBinary ? POCKET_IC_TTL : undefined);
  const host = values.host ?? values['ip-addr'];
  const pid = number('pid', values.pid, Number.MAX_SAFE_INTEGER);
  const server = {
    ...(asBinary ? {} : { live: true }),
    ...chosen,
    ...(host === undefined ? {} : { host }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(values['state-dir'] === undefined ? {} : { stateDir: values['state-dir'] }),
    ...(values.names === undefined ? {} : { names: values.names }),
    ...(values.calls === undefined ? {} : { calls: values.calls }),
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
        'state-dir': { type: 'string' },
        names: { type: 'string' },
        calls: { type: 'boolean' },
        once: { type: 'boolean' },
        json: { type: 'boolean' },
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
