import { resultsOf, type MethodSpec, type Service } from './service.ts';
import type { Field, FuncNode, Schema } from './schema.ts';

/** What a `.did` file holds besides the methods. */
export interface DidOptions {
  /** Init arguments in place of the service's own. */
  readonly init?: readonly Schema[];
}

/**
 * The `.did` text of a service: named types first, in the order in which they are needed, then the service.
 * Throws `TypeError` if one name stands for two types, or a recursive type has no name.
 */
export function toDid(service: Service, { init = service.init }: DidOptions = {}): string {
  const printer = new Printer();
  const head = init.length === 0 ? 'service :' : `service : ${printer.list(init)} ->`;
  const methods = Object.entries(service.methods).map(
    ([name, method]) => `  ${quoted(name)} : ${indented(printer.method(method))};\n`,
  );
  const types = printer.definitions();
  return `${types}${types === '' ? '' : '\n'}${head} {\n${methods.join('')}}\n`;
}

const WIDTH = 100;

class Printer {
  /** Definitions by name, each after those it refers to, itself apart. */
  readonly #definitions = new Map<string, string>();
  /** The schemas that go by a name: one, or equal ones. */
  readonly #named = new Map<string, Set<Schema>>();

  definitions(): string {
    return [...this.#definitions].map(([name, type]) => `type ${name} = ${type};\n`).join('');
  }

  method(method: MethodSpec): string {
    const mode = method.kind === 'update' ? '' : ` ${method.kind}`;
    return `${this.list(method.args)} -> ${this.list(resultsOf(method))}${mode}`;
  }

  list(schemas: readonly Schema[]): string {
    return `(${schemas.map((schema) => this.#type(schema)).join(', ')})`;
  }

  #type(schema: Schema): string {
    const name = schema.typeName;
    if (name === undefined) return this.#structure(schema);
    const named = this.#named.get(name);
    if (named === undefined) {
      if (KEYWORDS.has(name)) throw new TypeError(`a type cannot be named ${name}`);
      this.#named.set(name, new Set([schema]));
      const definition = this.#structure(schema);
      this.#definitions.set(name, definition);
    } else if (!named.has(schema)) {
      // Taken for the same while it is compared, because its definition may refer to itself.
      named.add(schema);
      if (this.#structure(schema) !== this.#definitions.get(name)) {
        throw new TypeError(`two types are named ${name}`);
      }
    }
    return name;
  }

  #structure(schema: Schema): string {
    switch (schema.kind) {
      case 'opt':
      case 'vec':
        return `${schema.kind} ${this.#type(schema.inner)}`;
      case 'record':
        return block(
          'record',
          schema.fields.map((field) => this.#field(field)),
        );
      case 'tuple':
        return block(
          'record',
          schema.fields.map((field) => this.#type(field.schema)),
        );
      case 'variant':
        return block(
          'variant',
          schema.fields.map((field) => this.#alternative(field)),
        );
      case 'rec':
        return this.#definition(schema, schema.unfold());
      case 'func':
        return `func ${this.#signature(schema)}`;
      case 'service':
        return block(
          'service',
          schema.methods.map(([name, type]) => `${quoted(name)} : ${this.#signature(type)}`),
        );
      default:
        return schema.kind;
    }
  }

  #definition(rec: Schema, definition: Schema): string {
    if (definition.typeName !== undefined) return this.#type(definition);
    if (rec.typeName === undefined)
      throw new TypeError('a recursive type needs a name: use c.named');
    return this.#structure(definition);
  }

  #signature({ args, results, mode }: FuncNode): string {
    return `${this.list(args)} -> ${this.list(results)}${mode === 'update' ? '' : ` ${mode}`}`;
  }

  #field({ label, schema }: Field): string {
    return `${labelText(label)} : ${this.#type(schema)}`;
  }

  #alternative(field: Field): string {
    return field.schema.kind === 'null' ? labelText(field.label) : this.#field(field);
  }
}

/** On one line if it is short, else one item a line. */
function block(keyword: string, items: readonly string[]): string {
  if (items.length === 0) return `${keyword} {}`;
  const line = `${keyword} { ${items.join('; ')} }`;
  if (line.length <= WIDTH && !line.includes('\n')) return line;
  return `${keyword} {\n${items.map((item) => `  ${indented(item)};\n`).join('')}}`;
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

/** Labels of the form `_7_` are numbers; see `labelId`. */
function labelText(label: string): string {
  return /^_\d+_$/.test(label) ? label.slice(1, -1) : quoted(label);
}

/** A name as an identifier, or quoted if it is a keyword or no identifier. */
function quoted(name: string): string {
  if (IDENTIFIER.test(name) && !KEYWORDS.has(name)) return name;
  const escaped = name.replaceAll(/["\\\n\r\t\p{Cc}]/gu, escapeCharacter);
  return `"${escaped}"`;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

const KEYWORDS = new Set(
  `blob bool composite_query empty false float32 float64 func import int int16 int32 int64 int8 nat nat16
  nat32 nat64 nat8 null oneway opt principal query record reserved service text true type variant vec`.split(
    /\s+/,
  ),
);
