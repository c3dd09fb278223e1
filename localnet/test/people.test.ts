import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { nameCanister } from '../src/index.ts';
import { compileCounter, type Counter, counterIdl } from './fixtures/canisters.ts';

const COMMAND = fileURLToPath(new URL('../bin/localnet.mjs', import.meta.url));

describe('localnet, for people', () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;
  let log = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localnet-people-'));
    ({ server, url } = await start());
  });

  afterAll(async () => {
    server.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('prints what canisters print, by name, and calls with their instructions', async () => {
    const { actor, id } = await counter();
    await actor.print('unnamed');
    await expect.poll(() => log).toContain(`[Canister ${id}] unnamed`);
    await nameCanister(url, 0, id, 'tally');
    await actor.print('named');
    await expect.poll(() => log).toContain(`[Canister ${id} tally] named`);
    await writeFile(join(folder, 'names.json'), JSON.stringify({ other: { local: id } }));
    await actor.increment();
    await expect.poll(() => log).toMatch(/tally\] update increment: [\d,]+ instructions/);
    await expect(nameCanister(url, 0, id, 'a]b')).rejects.toThrow(/400/);
  });

  it('tells by status what runs, and where its state is', async () => {
    const { stdout, status } = await command('status');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${url} {2}process ${server.pid}, up \\d+ s, 1 canisters`));
    expect(stdout).toContain(join(folder, 'state'));
    const [found] = JSON.parse((await command('status', '--json')).stdout) as [{ url: string }];
    expect(found.url).toBe(url);
  });

  it('shows by top what canisters use', async () => {
    const table = (await command('top', '--once')).stdout.split('\n');
    expect(table[0]).toMatch(/^CANISTER +STATUS +CALLS +TRAPS +INSTRUCTIONS/);
    expect(table[1]).toMatch(/^tally +running +3 +0 +[\d.]+ [kM]/);
    const { canisters } = JSON.parse((await command('top', '--once', '--json')).stdout) as {
      canisters: [Record<string, unknown>];
    };
    expect(canisters[0]).toMatchObject({ name: 'tally', calls: 3, traps: 0 });
  });

  it('refuses a second server on the same folder, in one line', async () => {
    const { status, stderr } = await command('start', '--state-dir', join(folder, 'state'));
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^localnet: .* is in use by process \d+$/),
    ]);
  });

  it('stops, and goes on with the same canisters and names after a start', async () => {
    const { stdout, status } = await command('stop');
    expect([stdout.trim(), status]).toEqual([`stopped ${url}`, 0]);
    expect((await command('status')).status).toBe(1);
    expect(await command('stop')).toMatchObject({ status: 2 });
    ({ server, url } = await start());
    expect((await command('top', '--once')).stdout).toMatch(/^tally +running +0 /m);
    const pic = await PocketIc.create(url);
    const actor = pic.createActor<Counter>(counterIdl, canisterId!);
    Reflect.set(Reflect.get(pic, 'client') as object, 'instancePath', '/instances/0');
    expect(await actor.get()).toBe(1n);
    expect(await actor.increment()).toBe(2n);
  });

  let canisterId: Awaited<ReturnType<PocketIc['createCanister']>> | null = null;

  /** A counter on the live network. */
  async function counter() {
    const pic = await PocketIc.create(url);
    // The live network is instance 0: the client's own is left alone.
    Reflect.set(Reflect.get(pic, 'client') as object, 'instancePath', '/instances/0');
    const wasm = compileCounter(1).slice().buffer;
    const made = await pic.setupCanister<Counter>({ idlFactory: counterIdl, wasm });
    canisterId = made.canisterId;
    return { actor: made.actor, id: made.canisterId.toText() };
  }

  async function start(): Promise<{ server: ChildProcess; url: string }> {
    const options = ['--state-dir', join(folder, 'state'), '--names', join(folder, 'names.json')];
    const started = spawn(process.execPath, [COMMAND, 'start', '--calls', ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: folder },
    });
    started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const [line] = (await once(started.stdout, 'data')) as [Buffer];
    return { server: started, url: /http:\S+/.exec(line.toString())![0] };
  }

  /** Runs the command to its end. */
  async function command(
    ...args: string[]
  ): Promise<{ stdout: string; stderr: string; status: number | null }> {
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [COMMAND, ...args], { env });
    const [stdout, stderr, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('exit', resolve)),
    ]);
    return { stdout, stderr, status };
  }
});
