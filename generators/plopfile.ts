import { fileURLToPath } from 'node:url';
import { runCommand, type CommandValues } from './src/commands.ts';
import { describeReport } from './src/describe-report.ts';
import { FIELD_TYPES, PARTS } from './src/options.ts';

/** What is used of plop: https://plopjs.com/documentation */
interface Plop {
  setGenerator(
    name: string,
    config: {
      description: string;
      prompts: readonly Question[];
      actions: readonly ((answers: Answers) => Promise<string>)[];
    },
  ): void;
}

/** Asked by Inquirer: a text, or a choice of several. */
type Question =
  | {
      readonly type: 'input';
      readonly name: keyof CommandValues;
      readonly message: string;
      readonly default?: string;
    }
  | {
      readonly type: 'checkbox';
      readonly name: 'parts';
      readonly message: string;
      readonly choices: readonly { readonly name: string; readonly checked: boolean }[];
    };

type Answers = Omit<CommandValues, 'parts'> & { readonly parts?: readonly string[] };

const root = fileURLToPath(new URL('..', import.meta.url));

/** Asks for what `npm run generate -- <command>` takes as options. */
export default function plopfile(plop: Plop): void {
  const ask = (name: keyof CommandValues, message: string, initial?: string) =>
    ({ type: 'input', name, message, ...(initial !== undefined && { default: initial }) }) as const;
  const factory = ask('factory', 'Which factory?');
  const types = Object.keys(FIELD_TYPES).join(', ');

  plop.setGenerator('factory', {
    description: 'A factory package',
    prompts: [
      ask('id', 'Id (lower-case letters, digits, dashes):'),
      ask('roles', 'Roles, in camel case, with commas between:', 'member'),
      ask('fields', `Fields of the order, as name:type (${types}), with commas between:`, ''),
      ask('methods', 'Queries, in camel case, with commas between:', ''),
      ask('actions', 'Updates for the members of a role, as name:role, with commas between:', ''),
      {
        type: 'checkbox',
        name: 'parts',
        message: 'Optional parts:',
        choices: Object.keys(PARTS).map((name) => ({ name, checked: true })),
      },
    ],
    actions: [run('factory')],
  });
  plop.setGenerator('role', {
    description: 'A role of a factory',
    prompts: [factory, ask('name', 'Name of the role, in camel case:')],
    actions: [run('role')],
  });
  plop.setGenerator('method', {
    description: 'A query of a contract',
    prompts: [factory, ask('name', 'Name of the query, in camel case:')],
    actions: [run('method')],
  });
  plop.setGenerator('action', {
    description: 'An update for the members of a role',
    prompts: [
      factory,
      ask('name', 'Name of the action, in camel case:'),
      ask('role', 'Role whose members may do it:'),
    ],
    actions: [run('action')],
  });
}

function run(command: string) {
  return async ({ parts, ...answers }: Answers): Promise<string> => {
    const chosen = parts === undefined ? {} : { parts: parts.join(',') || 'none' };
    return describeReport(await runCommand(root, command, { ...answers, ...chosen }));
  };
}
