import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../scripts/release/manifest.ts';
import { copyProject } from './copy-project.ts';
import { output, stepsOf, take } from './follow-page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Milliseconds for all of the page, on a machine with other things to do. */
const LONG = 600_000;

let copy: string;
let network: ChildProcess;

beforeAll(() => {
  copy = copyProject(ROOT);
  // Its dependencies are installed: they are linked.
  const stamp = join(copy, 'node_modules/.fabrica-installed');
  rmSync(stamp, { force: true });
  writeFileSync(stamp, readFileSync(join(copy, 'pnpm-lock.yaml')));
});

afterAll(async () => {
  if (network?.exitCode === null) {
    const ended = new Promise((resolve) => network.once('exit', resolve));
    // npm does not pass signals on: the whole group is told.
    process.kill(-network.pid!, 'SIGTERM');
    await ended;
  }
  rmSync(copy, { recursive: true, force: true });
});

test(
  'docs/releasing.md, followed to the letter, brings a change to a contract that is running',
  async () => {
    const steps = stepsOf(join(ROOT, 'docs/releasing.md'));
    expect(steps.map(({ language }) => language)).toEqual(['sh', 'diff', 'sh', 'sh', 'sh']);
    const [start, ...others] = steps;
    const before = versionOf('token');
    await startNetwork(start!.text.trim());
    for (const step of others) await take(step, copy);

    const version = versionOf('token');
    expect(version).not.toBe(before);
    const manifest = readManifest('token', version);
    expect(manifest.canisters.map(({ name }) => name)).toEqual(['token', 'token_factory']);

    // The same again: registered already, nothing sent, and everybody runs it.
    const again = 'npx tsx scripts/release/cli.ts register token --canary 1 --json';
    const [registered] = JSON.parse(await output(copy, again)) as object[];
    expect(registered).toMatchObject({
      version,
      known: true,
      sent: 0,
      moduleHash: manifest.canisters[0]!.hash,
      rollout: { state: 'Completed', fleet: 1, committed: 0, skipped: 1 },
    });
  },
  LONG,
);

test(
  'a version is not prepared from other sources',
  async () => {
    const file = join(copy, 'factories/token/src/contract-facts.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/version: '.*'/, "version: '9.9.9'"));
    const prepare = 'npx tsx scripts/release/cli.ts prepare token';
    await expect(output(copy, prepare)).rejects.toThrow('npm run release:version');
  },
  LONG,
);

/** Leaves the command running, once tools can find the network. */
async function startNetwork(command: string): Promise<void> {
  const [program, ...parameters] = command.split(' ');
  network = spawn(program!, parameters, { cwd: copy, detached: true });
  let said = '';
  network.stdout!.on('data', (data: Buffer) => (said += data.toString()));
  network.stderr!.on('data', (data: Buffer) => (said += data.toString()));
  while (!existsSync(join(copy, '.fabrica/networks/local.json'))) {
    if (network.exitCode !== null) throw new Error(`${command} ended:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function versionOf(id: string): string {
  const text = readFileSync(join(copy, `factories/${id}/package.json`), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function readManifest(id: string, version: string): Manifest {
  const file = join(copy, `releases/${id}/${version}/manifest.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}
