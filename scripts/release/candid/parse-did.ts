import { IDL } from '@dfinity/candid';
import { tokensOf, type Token } from './tokens.ts';

/** What a `.did` file describes. */
export interface Interface {
  /** What the canister is installed with. */
  readonly init: readonly IDL.Type[];
  /** By their names. */
  readonly methods: ReadonlyMap<string, IDL.FuncClass>;
}

/**
 * Reads a `.did` text. All of Candid's types; imports are refused, as one file is one release's interface.
 *
 * @throws SyntaxError that names the line and what was expected there.
 */
export function parseDid(did: string): Interface {
  return new Parser(tokensOf(did)).program();
}

const PRIMITIVES: Readonly<Record<string, IDL.Type>> = {
  null: IDL.Null,
  bool: IDL.Bool,
  nat: IDL.Nat,
  int: IDL.Int,
  nat8: IDL.Nat8,
  nat16: IDL.Nat16,
  nat32: IDL.Nat32,
  nat64: IDL.Nat64,
  int8: IDL.Int8,
  int16: IDL.Int16,
  int32: IDL.Int32,
  int64: IDL.Int64,
  float32: IDL.Float32,
  float64: IDL.Float64,
  text: IDL.Text,
  reserved: IDL.Reserved,
  empty: IDL.Empty,
  principal: IDL.Principal,
  blob: IDL.Vec(IDL.Nat8),
};
const ANNOTATIONS = ['query', 'composite_query', 'oneway'];

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Where the definition of each name begins, so that it can be read when it is first needed. */
  readonly #places = new Map<string, number>();
  readonly #types = new Map<string, IDL.Type>();

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  program(): Interface {
    while (this.#takes('type')) this.#skipDefinition();
    if (this.#next.text === 'import') throw this.#wrong('an interface without imports');
    this.#must('service');
    if (this.#next.text !== ':') this.#name();
    this.#must(':');
    let init: IDL.Type[] = [];
    if (this.#next.text === '(') {
      init = this.#list();
      this.#must('->');
    }
    const service = this.#next.text === '{' ? this.#service() : unrolled(this.#type());
    if (!(service instanceof IDL.ServiceClass)) throw this.#wrong('a service');
    this.#takes(';');
    if (this.#next.kind !== 'end') throw this.#wrong('nothing more');
    return { init, methods: new Map(service._fields) };
  }

  /** Notes where a definition is and passes over it: definitions may refer to later ones. */
  #skipDefinition(): void {
    const name = this.#identifier();
    this.#must('=');
    if (this.#places.has(name)) throw this.#wrong(`one type called ${name}`);
    this.#places.set(name, this.#at);
    for (let depth = 0; depth > 0 || this.#next.text !== ';'; this.#at += 1) {
      const { kind, text } = this.#next;
      if (kind === 'end') throw this.#wrong(';');
      if (kind !== 'mark') continue;
      if (text === '{' || text === '(') depth += 1;
      if (text === '}' || text === ')') depth -= 1;
    }
    this.#must(';');
  }

  #type(): IDL.Type {
    const { kind, text } = this.#next;
    if (kind !== 'word') throw this.#wrong('a type');
    this.#at += 1;
    if (text === 'opt') return IDL.Opt(this.#type());
    if (text === 'vec') return IDL.Vec(this.#type());
    if (text === 'record') return IDL.Record(this.#fields('record'));
    if (text === 'variant') return IDL.Variant(this.#fields('variant'));
    if (text === 'func') return this.#func();
    if (text === 'service') return this.#service();
    return PRIMITIVES[text] ?? this.#defined(text);
  }

  #defined(name: string): IDL.Type {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const place = this.#places.get(name);
    if (place === undefined) throw this.#wrong(`a type that is defined (${name} is not)`);
    // Stands for the type while its definition is read, in case that refers to itself.
    const rec = IDL.Rec();
    this.#types.set(name, rec);
    const back = this.#at;
    this.#at = place;
    const type = this.#type();
    this.#at = back;
    rec.fill(type as IDL.ConstructType);
    this.#types.set(name, type);
    return type;
  }

  #fields(of: 'record' | 'variant'): Record<string, IDL.Type> {
    const fields: Record<string, IDL.Type> = {};
    let position = 0;
    this.#must('{');
    while (!this.#takes('}')) {
      const labelled = this.#tokens[this.#at + 1]?.text === ':';
      const label = labelled || of === 'variant' ? this.#label() : `_${position}_`;
      if (Object.hasOwn(fields, label)) throw this.#wrong(`one field ${label}`);
      if (labelled) this.#must(':');
      fields[label] = labelled || of === 'record' ? this.#type() : IDL.Null;
      const number = /^_(\d+)_$/.exec(label)?.[1];
      position = number === undefined ? position : Number(number) + 1;
      if (this.#next.text !== '}') this.#must(';');
    }
    return fields;
  }

  #label(): string {
    if (this.#next.kind !== 'number') return this.#name();
    const label = `_${Number(this.#next.text)}_`;
    this.#at += 1;
    return label;
  }

  #service(): IDL.ServiceClass {
    const methods: Record<string, IDL.FuncClass> = {};
    this.#must('{');
    while (!this.#takes('}')) {
      const name = this.#name();
      this.#must(':');
      const type = this.#next.text === '(' ? this.#func() : unrolled(this.#type());
      if (!(type instanceof IDL.FuncClass)) throw this.#wrong('a function');
      methods[name] = type;
      if (this.#next.text !== '}') this.#must(';');
    }
    return IDL.Service(methods);
  }

  #func(): IDL.FuncClass {
    const args = this.#list();
    this.#must('->');
    const results = this.#list();
    const annotations: string[] = [];
    while (ANNOTATIONS.includes(this.#next.text)) annotations.push(this.#identifier());
    return IDL.Func(args as [], results as [], annotations);
  }

  #list(): IDL.Type[] {
    const types: IDL.Type[] = [];
    this.#must('(');
    while (!this.#takes(')')) {
      // Names of arguments are for readers.
      if (this.#tokens[this.#at + 1]?.text === ':') this.#at += 2;
      types.push(this.#type());
      if (this.#next.text !== ')') this.#must(',');
    }
    return types;
  }

  #name(): string {
    if (this.#next.kind !== 'text') return this.#identifier();
    const { text } = this.#next;
    this.#at += 1;
    return text;
  }

  #identifier(): string {
    const { kind, text } = this.#next;
    if (kind !== 'word') throw this.#wrong('a name');
    this.#at += 1;
    return text;
  }

  get #next(): Token {
    return this.#tokens[this.#at]!;
  }

  #takes(text: string): boolean {
    const { kind, text: found } = this.#next;
    if (found !== text || (kind !== 'mark' && kind !== 'word')) return false;
    this.#at += 1;
    return true;
  }

  #must(text: string): void {
    if (!this.#takes(text)) throw this.#wrong(text);
  }

  #wrong(expected: string): SyntaxError {
    const { line, text } = this.#next;
    return new SyntaxError(`Line ${line}: expected ${expected}, found ${text}`);
  }
}

/** What a recursive type stands for. */
export function unrolled(type: IDL.Type): IDL.Type {
  return type instanceof IDL.RecClass ? (type.getType() ?? type) : type;
}
