/**
 * What `npm start` and `npm test` run: plain Node, for nothing is installed yet on a fresh clone.
 * Installs the workspace if it is not as the lockfile has it, then hands over.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [task, ...rest] = process.argv.slice(2);
const tasks = { start: 'scripts/start/cli.ts', test: 'scripts/test/cli.ts' };

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Fabrica needs Node 20.19 or later; this is ${process.versions.node}.`);
}
if (!(task in tasks)) fail(`Unknown task ${task}. Use one of: ${Object.keys(tasks).join(', ')}.`);

install();
const run = spawn(process.execPath, ['--import', 'tsx', tasks[task], ...rest], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C is for the task: it stops what it started, and we end when it has.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => run.kill('SIGTERM'));
run.on('exit', (code) => process.exit(code ?? 1));

/** Installs what the lockfile names; skipped if that lockfile was installed last. */
function install() {
  const stamp = `${root}node_modules/.fabrica-installed`;
  const lock = readFileSync(`${root}pnpm-lock.yaml`, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  console.log(`Installing with ${packageManager} ...`);
  const started = Date.now();
  const npx = ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'];
  const { status, stdout, stderr } = spawnSync('npx', npx, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    fail(`${stdout}\n${stderr}\nThe installation failed. Is the npm registry reachable?`);
  }
  mkdirSync(`${root}node_modules`, { recursive: true });
  writeFileSync(stamp, lock);
  console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
