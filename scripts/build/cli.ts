import { fileURLToPath } from 'node:url';
import { buildCanister } from './build-canister.ts';
import { readTargets } from './targets.ts';

/**
 * `npm run build -- [names] [--template] [--check] [--json]`: builds the canisters of `dfx.json`, or those
 * named; with `--template` those of the generators' template too.
 * With `--check`, a committed Candid file that is out of date is an error and is left as it is.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const options = process.argv.slice(2);
const flags = options.filter((option) => option.startsWith('--'));
const names = options.filter((option) => !option.startsWith('--'));
const json = flags.includes('--json');

try {
  const targets = readTargets(root, { template: flags.includes('--template') });
  const unknown = names.filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No canister ${unknown.join(', ')}. Known: ${targets.map((t) => t.name).join(', ')}`,
    );
  }
  const results = [];
  for (const target of targets.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const started = Date.now();
    const built = await buildCanister(root, target, flags.includes('--check'));
    results.push(built);
    if (!json) {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      const size = `${(built.size / 1000).toFixed(0)} kB`;
      const done = built.cached ? 'up to date' : `built in ${seconds} s`;
      console.log(
        `  ${built.name.padEnd(16)} ${size.padStart(7)}  ${built.hash.slice(0, 16)}  ${done}`,
      );
    }
  }
  if (json) console.log(JSON.stringify(results, null, 2));
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
