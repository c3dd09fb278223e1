import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { piecesOf, type BlockKind } from './blocks.ts';
import { checkOptions } from './check-options.ts';
import { PARTS, type FactoryOptions, type Part } from './options.ts';
import {
  namesOfAction,
  namesOfFactory,
  namesOfField,
  namesOfMethod,
  namesOfRole,
  rename,
  type Dictionary,
} from './rename.ts';

const TEMPLATE = fileURLToPath(new URL('../template/', import.meta.url));
/** Built from the sources, not rendered. */
const LEFT_OUT = /^(candid|node_modules)\b/;
/** Of `package.json`: what is made of the template is published, the template is not. */
const TEMPLATE_ALONE = /^ {2}"private": true,\n/m;
/** Files of which there is one for each role, method or action. */
const REPEATED: Readonly<Record<string, BlockKind>> = {
  'src/canister/contract/keepers.ts': 'role',
  'src/canister/contract/sample-method.ts': 'method',
  'src/canister/contract/sample-action.ts': 'action',
};

/** Files of a package by their paths in it, `/` between folders. */
export type Files = ReadonlyMap<string, string>;

/**
 * The package of a factory: the template with its names replaced, and its marked blocks repeated.
 *
 * @throws GeneratorError if the options do not make a package.
 */
export async function renderFactory(options: FactoryOptions): Promise<Files> {
  checkOptions(options);
  const factory = namesOfFactory(options);
  const items: Items = {
    role: options.roles.map(namesOfRole),
    field: options.fields.map(namesOfField),
    method: options.methods.map(namesOfMethod),
    action: options.actions.map(namesOfAction),
  };
  const files = new Map<string, string>();
  for (const path of templatePaths().filter((path) => isAsked(path, options))) {
    const text = readFileSync(join(TEMPLATE, path), 'utf8').replace(TEMPLATE_ALONE, '');
    const kind = REPEATED[path];
    for (const names of kind === undefined ? [[]] : items[kind]) {
      const dictionary = [...names, ...factory];
      const name = rename(path, dictionary);
      files.set(name, await tidy(name, renderText(text, dictionary, items, factory)));
    }
  }
  files.set('generated.json', await tidy('generated.json', JSON.stringify(options)));
  return files;
}

type Items = Readonly<Record<BlockKind, readonly Dictionary[]>>;

/** A text with its names replaced: outside blocks by `outside`, inside once for each item. */
function renderText(text: string, outside: Dictionary, items: Items, factory: Dictionary): string {
  return piecesOf(text)
    .flatMap(({ kind, text: piece }) =>
      kind === null
        ? rename(piece, outside)
        : items[kind].map((names) => rename(piece, [...names, ...factory])),
    )
    .join('');
}

/** False for files of an optional part that the package does without. */
function isAsked(path: string, { parts }: FactoryOptions): boolean {
  if (parts === undefined) return true;
  const all = Object.entries(PARTS) as [Part, RegExp][];
  return all.every(([part, files]) => parts.includes(part) || !files.test(path));
}

function templatePaths(): string[] {
  return readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(TEMPLATE, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
}

/** Formatted texts, as a change of a package renders it twice and formatting is nine tenths of the work. */
const tidied = new Map<string, Promise<string>>();

function tidy(name: string, content: string): Promise<string> {
  const key = `${name}\n${content}`;
  const known = tidied.get(key) ?? formatted(name, content);
  tidied.set(key, known);
  return known;
}

async function formatted(name: string, content: string): Promise<string> {
  const filepath = join(TEMPLATE, name);
  return format(content, { ...(await resolveConfig(filepath)), filepath });
}
