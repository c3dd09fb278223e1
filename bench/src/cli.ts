import { writeFileSync } from 'node:fs';
import { complaints } from './budgets.ts';
import type { Figure } from './figure.ts';
import { groupsOfFactories } from './factories.ts';
import { groups as own } from './groups.ts';
import { resultsOf, tableOf } from './report.ts';

/**
 * `npm run bench -- [groups] [--quick] [--json]`: measures all groups of cases, those named, or with
 * `--quick` those that tests hold, and prints them beside their budgets and peers. `--json` also writes
 * `bench/results.json`. Ends with an error if a budget is broken that was met before.
 */
const options = process.argv.slice(2);
const flags = options.filter((option) => option.startsWith('--'));
const names = options.filter((option) => !option.startsWith('--'));
const groups = [...own, ...(await groupsOfFactories())];

try {
  const unknown = names.filter((name) => !groups.some((group) => group.name === name));
  if (unknown.length > 0) {
    const known = groups.map(({ name }) => name).join(', ');
    throw new Error(`No group ${unknown.join(', ')}. Known: ${known}`);
  }
  const figures: Figure[] = [];
  for (const group of groups) {
    if (names.length > 0 ? !names.includes(group.name) : flags.includes('--quick') && group.heavy) {
      continue;
    }
    const started = Date.now();
    figures.push(...(await group.run()));
    console.error(`  ${group.name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  console.log(tableOf(figures));
  if (flags.includes('--json')) {
    const path = new URL('../results.json', import.meta.url);
    writeFileSync(path, `${JSON.stringify(resultsOf(figures), null, 2)}\n`);
  }
  const broken = complaints(figures);
  for (const complaint of broken) console.error(`bench: ${complaint}`);
  if (broken.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
