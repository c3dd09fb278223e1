import { kebab, pascal, plural } from './names.ts';
import { FIELD_TYPES, GeneratorError, PARTS, type FactoryOptions } from './options.ts';

const MAX_ROLES = 7;
/** What the project calls its own parts. */
const OWN_NAMES = [
  'core',
  'gateway',
  'storage',
  'audit',
  'invoice',
  'localnet',
  'testing',
  'bench',
];
const MORE_OWN_NAMES = ['console', 'generators', 'template', 'factory', 'contract', 'fabrica'];
/** Words that a JavaScript module cannot use as names. */
const RESERVED =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  );
/** Methods that every contract has. */
const EVERY_CONTRACT = [
  'contractVersion',
  'contractHealth',
  'autoUpdate',
  'setAutoUpdate',
  'setVisibility',
  'refreshOwner',
  'getOrder',
  'getActivity',
];

/** Files of a contract that every package has, and names that its methods' files import. */
const FILES = ['index', 'memory', 'base', 'birth', 'state', 'membership', 'views'];
const IMPORTED = ['canister', 'handle', 'activity', 'countOf', 'withDeed', 'refuseNonMember'];

/**
 * Refuses options that no package can be made of.
 *
 * @throws GeneratorError with the reason.
 */
export function checkOptions(options: FactoryOptions): void {
  const { id, roles, fields, methods, actions, parts = [] } = options;
  const own = [...OWN_NAMES, ...MORE_OWN_NAMES];
  refuse(
    !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 32,
    () =>
      `The id "${id}" is not 1 to 32 lower-case letters, digits and single dashes, beginning with a letter.`,
  );
  refuse(own.includes(id), () => `"${id}" is a name of the project's own. Choose another id.`);
  refuse(RESERVED.includes(id), () => `"${id}" is a word of JavaScript. Choose another id.`);
  refuse(
    id.endsWith('-factory'),
    () => `Leave "-factory" away: the factory's canister is called <id>_factory anyway.`,
  );

  refuse(roles.length === 0, () => 'A factory needs a role: --roles member, for example.');
  refuse(roles.length > MAX_ROLES, () => `A factory has at most ${MAX_ROLES} roles.`);
  for (const role of roles) {
    checkName('role', role);
    refuse(role === 'creator', () => 'Every factory indexes the creator already.');
  }
  for (const { name, type } of fields) {
    checkName('field', name);
    const types = Object.keys(FIELD_TYPES);
    refuse(
      !types.includes(type),
      () => `The field ${name} cannot be "${type}". Use one of: ${types.join(', ')}.`,
    );
  }
  methods.forEach((name) => checkName('method', name));
  for (const { name, role } of actions) {
    checkName('action', name);
    refuse(
      !roles.includes(role),
      () => `The action ${name} is for ${role}, and the roles are: ${roles.join(', ')}.`,
    );
  }

  for (const part of parts) {
    const known = Object.keys(PARTS);
    refuse(
      !known.includes(part),
      () => `There is no part "${part}". Choose from: ${known.join(', ')}; or "none".`,
    );
  }

  const ofRoles = roles.flatMap((role) => {
    const many = plural(pascal(role));
    return [`add${pascal(role)}`, `remove${pascal(role)}`, `get${many}`];
  });
  refuseTwice('field of the order', ['name', ...roles.map(plural), ...fields.map((f) => f.name)]);
  const added = [...methods, ...actions.map(({ name }) => name)];
  refuseTwice('file', [...FILES, ...[...roles.map(plural), ...added].map(kebab)]);
  refuseTwice('method', [...EVERY_CONTRACT, ...IMPORTED, ...ofRoles, ...added]);
}

function checkName(what: string, name: string): void {
  refuse(
    !/^[a-z][a-zA-Z0-9]{0,31}$/.test(name),
    () => `The ${what} "${name}" is not in camel case, 1 to 32 letters and digits.`,
  );
  refuse(RESERVED.includes(name), () => `"${name}" is a word of JavaScript. Rename the ${what}.`);
}

/** Names are compared whatever their case: two files may not differ by it alone. */
function refuseTwice(what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    refuse(seen.has(name.toLowerCase()), () => `There would be two of the ${what} "${name}".`);
    seen.add(name.toLowerCase());
  }
}

function refuse(condition: boolean, reason: () => string): void {
  if (condition) throw new GeneratorError(reason());
}
