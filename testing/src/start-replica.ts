import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A running network that speaks PocketIC's REST interface. */
export interface Replica {
  readonly url: string;
  /** True if it is the real PocketIC server, which `POCKET_IC_BIN` names. */
  readonly real: boolean;
  /** Stops it, and waits until it has stopped. */
  close(): Promise<void>;
}

const LOCALNET = fileURLToPath(new URL('../../localnet/bin/localnet.mjs', import.meta.url));
const START_MILLISECONDS = 30_000;

/**
 * Starts localnet in a process of its own, or the PocketIC server that `POCKET_IC_BIN` names: the tests
 * above do not know the difference.
 */
export async function startReplica(): Promise<Replica> {
  const real = process.env['POCKET_IC_BIN'];
  const folder = mkdtempSync(join(tmpdir(), 'fabrica-'));
  const portFile = join(folder, 'port');
  const options = ['--port-file', portFile, '--ttl', '7200'];
  const command =
    real === undefined ? [process.execPath, LOCALNET, ...options] : [real, ...options];
  const child = spawn(command[0]!, command.slice(1), {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C reaches the whole foreground group; the network is stopped by close(), after its clients.
    detached: true,
  });
  let errors = '';
  child.stderr?.on('data', (data: Buffer) => (errors = (errors + data.toString()).slice(-4000)));
  try {
    const port = await waitForPort(portFile, child, () => errors);
    return {
      url: `http://127.0.0.1:${port}`,
      real: real !== undefined,
      close: () => stop(child, folder),
    };
  } catch (error) {
    await stop(child, folder);
    throw error;
  }
}

async function waitForPort(
  file: string,
  child: ChildProcess,
  errors: () => string,
): Promise<number> {
  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The network did not start:\n${errors()}`);
    const port = readPort(file);
    if (port !== null) return port;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The network named no port within ${START_MILLISECONDS / 1000} s:\n${errors()}`);
}

function readPort(file: string): number | null {
  try {
    const port = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isNaN(port) ? null : port;
  } catch {
    // Not written yet.
    return null;
  }
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
