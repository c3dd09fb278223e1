import { camel, kebab, pascal, plural, snake, words } from './names.ts';
import {
  FIELD_TYPES,
  type ActionOption,
  type FactoryOptions,
  type FieldOption,
} from './options.ts';

/** What stands in the template (the source of a regular expression), and what takes its place. */
export type Dictionary = readonly (readonly [pattern: string, name: string])[];

/** Replaces all at once, so that no name is taken for another one's place. Earlier entries come first. */
export function rename(text: string, dictionary: Dictionary): string {
  const pattern = new RegExp(dictionary.map(([source]) => `(${source})`).join('|'), 'g');
  return text.replace(pattern, (...found: (string | undefined)[]) => {
    const at = dictionary.findIndex((_, index) => found[index + 1] !== undefined);
    return dictionary[at]![1];
  });
}

/** The factory's names. How the template spells its own tells what each is for. */
export function namesOfFactory({ id }: Pick<FactoryOptions, 'id'>): Dictionary {
  return [
    ['(?<=@fabrica/|factories/)template\\b', id],
    ['\\btemplate(?=-client)', id],
    ["(?<=')template(?=['.])", id],
    ['\\btemplate template_factory\\b', `${snake(id)} ${snake(id)}_factory`],
    ['\\btemplate(?=[A-Z])', camel(id)],
    ['Template', pascal(id)],
    ['\\btemplate\\b', words(id)],
  ];
}

/** A role's names. */
export function namesOfRole(role: string): Dictionary {
  const many = plural(role);
  return [
    ['(?<=/)keepers(?=\\.ts)', kebab(many)],
    ['Keepers', pascal(many)],
    ['keepers', many],
    ['Keeper', pascal(role)],
    ['keeper', role],
  ];
}

/** A field's name, schema and sample. */
export function namesOfField({ name, type }: FieldOption): Dictionary {
  const { schema, sample } = FIELD_TYPES[type];
  return [
    ['c\\.text\\(\\{ max: 1_000 \\}\\)', schema],
    ["'some text'", sample],
    ['sampleField', name],
  ];
}

/** A query's names. */
export function namesOfMethod(name: string): Dictionary {
  return [
    ['sampleMethod', name],
    ['sample-method', kebab(name)],
  ];
}

/** An action's names, and its role's. */
export function namesOfAction({ name, role }: ActionOption): Dictionary {
  return [['sampleAction', name], ['sample-action', kebab(name)], ...namesOfRole(role)];
}
