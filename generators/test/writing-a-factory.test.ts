import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject } from './copy-project.ts';
import { stepsOf, take } from './follow-page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The modules that every system has, which the page takes for granted. */
const CORE = ['token', 'audit', 'invoice', 'gateway'];
/** Milliseconds for all of the page, on a machine with other things to do. */
const LONG = 600_000;

let copy: string;

beforeAll(() => {
  copy = copyProject(ROOT);
  execFileSync('npm', ['run', 'build', '--', ...CORE], { cwd: copy, stdio: 'pipe' });
}, LONG);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test(
  'docs/writing-a-factory.md, followed to the letter, makes a factory that conforms',
  () => {
    const steps = stepsOf(join(ROOT, 'docs/writing-a-factory.md'));
    expect(steps.map(({ language }) => language)).toEqual([
      'sh',
      'diff',
      'diff',
      'ts',
      'ts',
      'diff',
      'ts',
      'sh',
    ]);
    for (const step of steps) take(step, copy);
  },
  LONG,
);

test(
  'what the page makes is typed, and formatted like the rest',
  () => {
    const check = (...command: [string, ...string[]]) =>
      execFileSync('npx', command, { cwd: copy, stdio: 'pipe' });
    check('prettier', '--check', 'factories/escrow', 'dfx.json', 'docs/factories.md');
    check('eslint', 'factories/escrow');
  },
  LONG,
);
