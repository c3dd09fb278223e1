import { setTimeout as pause } from 'node:timers/promises';

import { findNetwork, findNetworks, type FoundNetwork, lives } from './find-network.ts';
import { bytes } from './numbers.ts';
import type { RunFiles } from './run-files.ts';

/** How often `stop` looks whether the server is gone, in ms. */
const POLL = 50;

/** `localnet status`: the servers that run, in a line or two each. @returns whether there is one. */
export async function showStatus(
  files: RunFiles,
  { port, json }: { readonly port?: number; readonly json: boolean },
): Promise<boolean> {
  const found = await findNetworks(files, port);
  if (json) console.log(JSON.stringify(found, null, 2));
  else if (found.length === 0) console.log('no localnet is running');
  else console.log(found.map(describe).join('\n'));
  return found.length > 0;
}

/** `localnet stop`: ends a server, and waits until it has made its last checkpoint. */
export async function stopNetwork(
  files: RunFiles,
  { port }: { readonly port?: number },
): Promise<void> {
  const found = await findNetwork(files, port);
  const { pid } = found.status;
  process.kill(pid, 'SIGTERM');
  // Its file is the last thing that a server removes; one that is killed meanwhile leaves it.
  while (lives(pid) && files.list().get(found.port)?.pid === pid) await pause(POLL);
  console.log(`stopped ${found.url}`);
}

function describe({ url, status: { pid, uptime, network, state } }: FoundNetwork): string {
  const canisters = network ? `, ${network.canisters} canisters` : '';
  const first = `${url}  process ${pid}, up ${uptime} s${canisters}`;
  if (!state) return `${first}, not kept`;
  const { folder, bytes: size, checkpointAt, checkpointMs, failure } = state;
  const age = Math.max(0, Math.round((Date.now() - checkpointAt) / 1000));
  const made = checkpointAt === 0 ? 'no checkpoint yet' : `checkpoint ${age} s ago`;
  const took = checkpointAt === 0 ? '' : ` in ${checkpointMs} ms`;
  const failed = failure === null ? '' : `\n  last checkpoint failed: ${failure}`;
  return `${first}\n  kept in ${folder}, ${bytes(size)}, ${made}${took}${failed}`;
}
