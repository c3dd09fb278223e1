import { setTimeout as pause } from 'node:timers/promises';

import { parseJson } from '../web/exact-json.ts';
import { findNetwork } from './find-network.ts';
import type { RunFiles } from './run-files.ts';
import { type CanisterRow, topTable } from './top-table.ts';

/** Pause between tables, in ms. */
const INTERVAL = 1_000;
/** Clears a terminal and puts the cursor at its beginning. */
const CLEAR = '\x1b[H\x1b[2J';

/** What `localnet top` shows. */
export interface TopOptions {
  readonly port?: number;
  /** One table, not one every second. */
  readonly once: boolean;
  /** The figures as JSON, not as a table. */
  readonly json: boolean;
}

/**
 * `localnet top`: canisters by instructions, with calls, cycles and memory; every second until interrupted.
 * @throws UsageError if there is no server, or there are several.
 */
export async function showTop(files: RunFiles, { port, once, json }: TopOptions): Promise<void> {
  const { url } = await findNetwork(files, port);
  let before: readonly CanisterRow[] | null = null;
  for (;;) {
    const text = await usageOf(url);
    if (json) {
      console.log(text);
      if (once) return;
    } else {
      const { canisters } = parseJson(text) as unknown as { canisters: readonly CanisterRow[] };
      const rows = process.stdout.rows > 0 ? process.stdout.rows - 2 : 40;
      const table = topTable(canisters, before, once ? Infinity : rows);
      console.log(once ? table : `${CLEAR}${url}\n${table}`);
      if (once) return;
      before = canisters;
    }
    await pause(INTERVAL);
  }
}

async function usageOf(url: string): Promise<string> {
  const response = await fetch(`${url}/instances/0/_/usage`);
  if (response.ok) return await response.text();
  throw new Error(`GET ${url}/instances/0/_/usage: ${response.status} ${await response.text()}`);
}
