import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand, USAGE } from './commands.ts';
import { describeReport } from './describe-report.ts';
import { GeneratorError } from './options.ts';

/**
 * `npm run generate -- factory|role|method|action [options]`. Without options it asks, by plop.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      roles: { type: 'string' },
      fields: { type: 'string' },
      methods: { type: 'string' },
      actions: { type: 'string' },
      parts: { type: 'string' },
      factory: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
    },
  });
  const [command, ...more] = positionals;
  if (more.length > 0) throw new GeneratorError(`What is "${more[0]}"?\n${USAGE}`);
  if (Object.keys(values).length === 0) process.exitCode = ask(command);
  else console.log(describeReport(await runCommand(root, command, values)));
} catch (error) {
  const wrongOption = error instanceof TypeError && 'code' in error;
  if (!(error instanceof GeneratorError) && !wrongOption) throw error;
  console.error(`generate: ${error.message}`);
  process.exitCode = 1;
}

/** Runs plop, which asks for what {@link runCommand} needs. @returns its exit code. */
function ask(command: string | undefined): number {
  const plop = fileURLToPath(new URL('../../node_modules/plop/bin/plop.js', import.meta.url));
  if (!existsSync(plop)) throw new GeneratorError(`plop is not installed.\n${USAGE}`);
  const plopfile = fileURLToPath(new URL('../plopfile.ts', import.meta.url));
  const options = ['--import', 'tsx', plop, '--plopfile', plopfile];
  const { status } = spawnSync(
    process.execPath,
    command === undefined ? options : [...options, command],
    {
      stdio: 'inherit',
      cwd: root,
    },
  );
  return status ?? 1;
}
