import {
  generateAction,
  generateFactory,
  generateMethod,
  generateRole,
  type Report,
} from './generate.ts';
import {
  GeneratorError,
  type ActionOption,
  type FieldOption,
  type FieldType,
  type Part,
} from './options.ts';

/** How the commands are written. */
export const USAGE = `  generate factory --id escrow --roles buyer,seller [--fields amount:nat,deadline:nat64]
                   [--methods totalDeeds] [--actions release:buyer] [--parts bench,releases]
  generate role    --factory escrow --name arbiter
  generate method  --factory escrow --name totalDeeds
  generate action  --factory escrow --name release --role buyer`;

/** What a command is given, as texts. */
export interface CommandValues {
  readonly id?: string | undefined;
  readonly roles?: string | undefined;
  readonly fields?: string | undefined;
  readonly methods?: string | undefined;
  readonly actions?: string | undefined;
  /** Names of optional parts; `none`; all if left out. */
  readonly parts?: string | undefined;
  readonly factory?: string | undefined;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
}

/** Runs a command. @throws GeneratorError if it is unknown, lacks something, or is refused. */
export async function runCommand(
  root: string,
  command: string | undefined,
  values: CommandValues,
): Promise<Report> {
  const { id, roles, fields, methods, actions, parts, factory, name, role } = values;
  switch (command) {
    case 'factory':
      return generateFactory(root, {
        id: needed('id', id),
        roles: list(roles ?? 'member'),
        fields: list(fields ?? '').map(readField),
        methods: list(methods ?? ''),
        actions: list(actions ?? '').map(readAction),
        ...(parts !== undefined && { parts: list(parts === 'none' ? '' : parts) as Part[] }),
      });
    case 'role':
      return generateRole(root, needed('factory', factory), needed('name', name));
    case 'method':
      return generateMethod(root, needed('factory', factory), needed('name', name));
    case 'action': {
      const action = { name: needed('name', name), role: needed('role', role) };
      return generateAction(root, needed('factory', factory), action);
    }
    default:
      throw new GeneratorError(`There is no command "${command ?? ''}".\n${USAGE}`);
  }
}

function needed(option: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new GeneratorError(`--${option} is missing.\n${USAGE}`);
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readField(text: string): FieldOption {
  const [name = '', type = 'text', ...more] = text.split(':');
  if (more.length > 0)
    throw new GeneratorError(`The field "${text}" is not of the form name:type.`);
  // Whether there is such a type is checked with all else.
  return { name, type: type as FieldType };
}

function readAction(text: string): ActionOption {
  const [name = '', role, ...more] = text.split(':');
  if (role === undefined || more.length > 0) {
    throw new GeneratorError(`The action "${text}" is not of the form name:role.`);
  }
  return { name, role };
}
