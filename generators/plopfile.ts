import { fileURLToPath } from 'node:url';
import { runCommand, type CommandValues } from './src/commands.ts';

/** What is used of plop: https://plopjs.com/documentation */
interface Plop {
  setGenerator(
    name: string,
    config: {
      description: string;
      prompts: readonly {
        type: 'input';
        name: keyof CommandValues;
        message: string;
        default?: string;
      }[];
      actions: readonly ((answers: CommandValues) => Promise<string>)[];
    },
  ): void;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Asks for what `npm run generate -- <command>` takes as options. */
export default function plopfile(plop: Plop): void {
  const ask = (name: keyof CommandValues, message: string, initial?: string) =>
    ({ type: 'input', name, message, ...(initial !== undefined && { default: initial }) }) as const;
  const factory = ask('factory', 'Which factory?');

  plop.setGenerator('factory', {
    description: 'A factory package',
    prompts: [
      ask('id', 'Id (lower-case letters, digits, dashes):'),
      ask('roles', 'Roles, in camel case, with commas between:', 'member'),
      ask('fields', 'Fields of the order, as name:type with commas between:', ''),
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
  return async (answers: CommandValues): Promise<string> => {
    const { files, registered } = await runCommand(root, command, answers);
    const lines = [...files].filter(([, fate]) => fate !== 'unchanged');
    const shown = lines.map(([path, fate]) => `${fate} ${path}`);
    return [...shown, ...registered.map((path) => `registered ${path}`)].join('\n');
  };
}
