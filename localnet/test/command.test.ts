import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { HttpAgent } from '@dfinity/agent';
import { PocketIc } from '@hadronous/pic';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const COMMAND = fileURLToPath(new URL('../bin/localnet.mjs', import.meta.url));

describe('the localnet command, started as the PocketIC binary', () => {
  let folder: string;
  let portFile: string;
  let started: ChildProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localnet-'));
    portFile = join(folder, 'test.port');
    started = [];
  });

  afterEach(async () => {
    for (const process of started) process.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('writes its port, serves, and leaves nothing behind at SIGTERM', async () => {
    const server = start('--port-file', portFile);
    const pic = await PocketIc.create(`http://127.0.0.1:${await port()}`);
    expect((await pic.createCanister()).toText()).toBe('lxzze-o7777-77777-aaaaa-cai');
    server.kill('SIGTERM');
    expect(await exitCode(server)).toBe(0);
    expect(existsSync(portFile)).toBe(false);
  });

  it('exits when nobody asks for anything any more', async () => {
    const server = start('--port-file', portFile, '--ttl', '1');
    expect(await port()).toBeGreaterThan(0);
    expect(await exitCode(server)).toBe(0);
    expect(existsSync(portFile)).toBe(false);
  });

  it('leaves the field to a server that is already there', async () => {
    start('--port-file', portFile);
    const first = await port();
    expect(await exitCode(start('--port-file', portFile))).toBe(0);
    expect(await port()).toBe(first);
  });

  it('tells wrong arguments in one line', () => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, 'start', '--port', 'x'], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  function start(...args: string[]): ChildProcess {
    const server = spawn(process.execPath, [COMMAND, ...args], { stdio: 'inherit' });
    started.push(server);
    return server;
  }

  async function port(): Promise<number> {
    await expect.poll(() => existsSync(portFile), { timeout: 30_000 }).toBe(true);
    return Number.parseInt(await readFile(portFile, 'utf8'), 10);
  }
});

describe('the localnet command, started by a person', () => {
  it('runs a network for agents at the address it prints, until interrupted', async () => {
    const network = spawn(process.execPath, [COMMAND, 'start'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(network.stdout, 'data')) as [Buffer];
      const [url] = /http:\S+/.exec(line.toString()) ?? [];
      const agent = await HttpAgent.create({ host: url!, shouldFetchRootKey: true });
      expect(agent.rootKey).toHaveLength(133);
      await agent.syncTime();
      expect(agent.hasSyncedTime()).toBe(true);
      network.kill('SIGINT');
      expect(await exitCode(network)).toBe(0);
    } finally {
      network.kill('SIGKILL');
    }
  });
});

function exitCode(server: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => server.once('exit', resolve));
}
