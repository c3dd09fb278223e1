import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyFiles, type Fate } from './apply.ts';
import { checkOptions } from './check-options.ts';
import { GeneratorError, type ActionOption, type FactoryOptions } from './options.ts';
import { checkCanisters, register } from './register.ts';
import { renderFactory } from './render-factory.ts';

/** What a command did. */
export interface Report {
  /** What became of each file of the package, by its path in the project. */
  readonly files: ReadonlyMap<string, Fate>;
  /** Files outside the package that were written. */
  readonly registered: readonly string[];
}

/**
 * Makes the package `factories/<id>` and registers it. On a package that was generated before, brings it to
 * these options, and touches nothing that was written by hand.
 *
 * @throws GeneratorError if the options make no package, or the folder holds something else.
 */
export async function generateFactory(root: string, options: FactoryOptions): Promise<Report> {
  checkOptions(options);
  checkCanisters(root, options);
  const folder = `factories/${options.id}`;
  const known = readOptions(root, options.id);
  if (known !== null) refuseReordered(known, options);
  const before = known === null ? null : await renderFactory(known);
  const files = applyFiles(root, folder, await renderFactory(options), before);
  return { files, registered: await register(root, options) };
}

/** Adds a role to a generated package: its index, its field of the order, its methods. */
export function generateRole(root: string, id: string, role: string): Promise<Report> {
  return change(root, id, (known) => ({ ...known, roles: [...known.roles, role] }));
}

/** Adds a query to a generated package. */
export function generateMethod(root: string, id: string, name: string): Promise<Report> {
  return change(root, id, (known) => ({ ...known, methods: [...known.methods, name] }));
}

/** Adds an update that the members of a role may call. */
export function generateAction(root: string, id: string, action: ActionOption): Promise<Report> {
  return change(root, id, (known) => ({ ...known, actions: [...known.actions, action] }));
}

async function change(
  root: string,
  id: string,
  to: (known: FactoryOptions) => FactoryOptions,
): Promise<Report> {
  const known = readOptions(root, id);
  if (known === null) {
    throw new GeneratorError(
      `There is no factories/${id}. Make it first: generate factory --id ${id}`,
    );
  }
  return generateFactory(root, to(known));
}

/** The options of a generated package; `null` if there is no such folder. */
function readOptions(root: string, id: string): FactoryOptions | null {
  const folder = join(root, 'factories', id);
  if (!existsSync(folder)) return null;
  const record = join(folder, 'generated.json');
  if (!existsSync(record)) {
    throw new GeneratorError(`factories/${id} was not generated, so it is left alone.`);
  }
  return JSON.parse(readFileSync(record, 'utf8')) as FactoryOptions;
}

/** Positions of roles are stored by canisters: none may move or go. */
function refuseReordered(known: FactoryOptions, { roles }: FactoryOptions): void {
  if (known.roles.every((role, at) => roles[at] === role)) return;
  throw new GeneratorError(
    `The roles of ${known.id} are ${known.roles.join(', ')}, in this order: add new ones behind.`,
  );
}
