import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject } from './copy-project.ts';
import { run, stepsOf, take } from './follow-page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Milliseconds for all of the page, on a machine with other things to do. */
const LONG = 600_000;

let copy: string;

beforeAll(async () => {
  copy = copyProject(ROOT);
  // The modules that every system has, which the page takes for granted.
  await run(copy, 'npm run build -- token audit invoice gateway');
}, LONG);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test(
  'docs/writing-a-factory.md, followed to the letter, makes a factory that conforms',
  async () => {
    const steps = stepsOf(join(ROOT, 'docs/writing-a-factory.md'));
    const kinds = ['sh', 'diff', 'diff', 'ts', 'ts', 'diff', 'ts', 'sh'];
    expect(steps.map(({ language }) => language)).toEqual(kinds);
    for (const step of steps) await take(step, copy);
  },
  LONG,
);

test(
  'what the page makes passes the checks that all code passes',
  async () => {
    await run(copy, 'npx prettier --check factories/escrow dfx.json docs/factories.md');
    await run(copy, 'npx eslint factories/escrow');
    const include = ['factories/escrow', 'core/src/canister/ic/azle.d.ts', 'testing/src'];
    const config = { extends: './tsconfig.json', compilerOptions: { incremental: false }, include };
    writeFileSync(join(copy, 'tsconfig.escrow.json'), JSON.stringify(config));
    await run(copy, 'npx tsc -p tsconfig.escrow.json');
  },
  LONG,
);
