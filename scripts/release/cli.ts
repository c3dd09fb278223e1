import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FabricaError } from '../../core/src/client/index.ts';
import { readNetwork } from '../networks.ts';
import { Progress } from '../start/progress.ts';
import { readPackages } from './packages.ts';
import { prepare, type Stepper } from './prepare.ts';
import { readOptions } from './register/options.ts';
import { register } from './register/register.ts';
import { columns } from './show.ts';
import { raiseVersions } from './version.ts';

/**
 * `npm run release:version`, `release:prepare -- [packages] [--replace] [--json]` and
 * `release:register -- [packages] [options]`: see docs/releasing.md.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const [command, ...line] = process.argv.slice(2);
const commands: Readonly<Record<string, () => Promise<void> | void>> = {
  version: showVersions,
  prepare: prepareAll,
  register: registerAll,
};

try {
  const run = commands[command ?? ''];
  if (run === undefined) throw new Error(`Use one of: ${Object.keys(commands).join(', ')}`);
  await run();
} catch (error) {
  const action = error instanceof FabricaError ? ` (${error.code}). ${error.action}` : '';
  console.error(`\nrelease: ${error instanceof Error ? error.message : String(error)}${action}`);
  process.exitCode = 1;
}

function showVersions(): void {
  const raised = raiseVersions(root);
  const rows = raised.map(({ package: name, before, version }) => [name, before, version]);
  console.log(
    rows.length === 0 ? 'No version was raised.' : columns(['package', 'was', 'is'], rows),
  );
}

async function prepareAll(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: line,
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, json: { type: 'boolean' } },
  });
  const step = stepper(values.json === true);
  const prepared = [];
  for (const owner of readPackages(root, positionals)) {
    prepared.push(await prepare(root, owner, { replace: values.replace, step }));
  }
  if (values.json === true) return console.log(JSON.stringify(prepared, null, 2));
  const rows = prepared.flatMap(({ manifest, outcome }) =>
    manifest.canisters.map(({ name, hash, size, added, notes }) => [
      name,
      manifest.version,
      manifest.after ?? 'nothing',
      `${(size / 1000).toFixed(0)} kB`,
      hash.slice(0, 16),
      outcome,
      [...added.map((method) => `+ ${method}`), ...notes].join('; '),
    ]),
  );
  const head = ['canister', 'version', 'after', 'size', 'module', 'release', 'interface'];
  console.log(`\n${columns(head, rows)}`);
}

async function registerAll(): Promise<void> {
  const options = readOptions(line);
  const network = readNetwork(root, options.network);
  const step = stepper(options.json);
  const owners = readPackages(root, options.packages).filter(({ canisters }) => {
    const made = canisters.find(({ contract }) => contract);
    // Without names: whatever the network has a factory for.
    const there = made !== undefined && network.canisters[`${made.name}_factory`] !== undefined;
    return options.packages.length > 0 || there;
  });
  if (owners.length === 0) throw new Error(`Name a package; ${options.network} has no factory.`);
  if (owners.length > 1 && options.factory !== undefined) {
    throw new Error('--factory is for one package: name it.');
  }
  const done = [];
  for (const owner of owners) done.push(await register(root, owner, network, options, step));
  if (options.json) console.log(JSON.stringify(done, null, 2));
  for (const { rollout, ...one } of options.json ? [] : done) {
    const { sent, pieces, known } = one;
    const upload = known ? 'was registered already' : `${sent} of ${pieces} pieces sent`;
    console.log(`\n${one.package} ${one.version} at ${one.factory}: ${upload}`);
    console.log(`  module ${one.moduleHash}\n  ${one.compatibility}`);
    if (rollout === null) continue;
    const { number, state, fleet, committed, restored, failed, skipped } = rollout;
    const head = ['rollout', 'state', 'fleet', 'committed', 'restored', 'failed', 'passed over'];
    const row = [number, state, fleet, committed, restored, failed, skipped].map(String);
    console.log(`\n${columns(head, [row])}`);
  }
  if (done.some(({ rollout }) => rollout !== null && rollout.state !== 'Completed')) {
    process.exitCode = 1;
  }
}

/** Shows steps as they run; for programs only the outcome is printed. */
function stepper(silent: boolean): Stepper {
  const progress = new Progress();
  return silent ? (_, run) => run() : progress.step.bind(progress);
}
