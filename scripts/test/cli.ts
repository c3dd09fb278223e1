import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * `npm test`: types, lint, builds, generated files, then every test. Stops at the first step that fails.
 * The last line is `N passed, N failed`.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const report = `${root}.fabrica/test-report.json`;
const bin = (name: string): string => `${root}node_modules/.bin/${name}`;

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** Steps of one group run side by side. */
const groups: readonly (readonly Step[])[] = [
  [
    { name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json'] },
    {
      name: 'build and Candid files',
      command: [
        process.execPath,
        '--import',
        'tsx',
        'scripts/build/cli.ts',
        '--check',
        '--template',
      ],
    },
  ],
  [
    { name: 'lint', command: [bin('eslint'), '.'] },
    { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  ],
];

let failed = false;
for (const group of groups) {
  const results = await Promise.all(group.map(run));
  if (results.includes(false)) failed = true;
  if (failed) break;
}
if (failed) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}

rmSync(report, { force: true });
const passed = await run({
  name: 'tests',
  command: [
    bin('vitest'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ],
});
const counts = JSON.parse(readFileSync(report, 'utf8')) as {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
};
// A file that fails outside its tests counts, or a broken file would pass.
const broken = counts.numFailedTests || (passed ? 0 : Math.max(1, counts.numFailedTestSuites));
console.log(`${counts.numPassedTests} passed, ${broken} failed`);
process.exit(passed && broken === 0 ? 0 : 1);

/** Runs one step; its output is shown whole, after it ended, unless it is the tests. */
function run({ name, command }: Step): Promise<boolean> {
  const started = Date.now();
  const live = name === 'tests';
  return new Promise((resolve) => {
    const [program, ...options] = command;
    const child = spawn(program!, options, { cwd: root, stdio: live ? 'inherit' : 'pipe' });
    let output = '';
    child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
    child.on('error', (error) => {
      console.log(`  ${name}: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(
        `  ${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(24)} ${seconds.padStart(6)} s`,
      );
      if (code !== 0 || name.startsWith('build')) process.stdout.write(output);
      resolve(code === 0);
    });
  });
}
