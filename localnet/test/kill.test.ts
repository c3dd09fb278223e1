import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { StateFolder } from '../src/state-dir/index.ts';
import { step } from '../src/replica/testing/script.ts';
import { counters, TestNetwork, text } from '../src/replica/testing/test-network.ts';

const WRITER = fileURLToPath(new URL('fixtures/checkpoint-writer.ts', import.meta.url));
const KILLS = 3;

it('a network killed while it writes checkpoints has the last one, whole, and goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'localnet-kill-'));
  try {
    let before = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const confirmed = await killedAfter(folder, Math.random() * 120);
      expect(confirmed).toBeGreaterThan(before);
      const state = StateFolder.open(folder);
      const net = new TestNetwork(state.load()!.network);
      state.close();
      const [heap, stable] = net.network.canisters() as [Uint8Array, Uint8Array];
      const [count] = counters(net.query(heap, step.replyCounters()));
      // One more may be complete that could not be told of any more.
      expect([confirmed, confirmed + 1]).toContain(count);
      expect(text(net.query(stable, step.replyStable())).replace(/\0.*$/s, '')).toBe(
        `count ${count}`,
      );
      before = count;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Lets the writer make a checkpoint and some more, kills it, and gives the last one it told of. */
async function killedAfter(folder: string, milliseconds: number): Promise<number> {
  const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  writer.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(writer.stdout, 'data');
  await pause(milliseconds);
  writer.kill('SIGKILL');
  await once(writer, 'close');
  return Number(output.trim().split('\n').at(-1));
}
