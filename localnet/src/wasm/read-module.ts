import { ByteReader } from './byte-reader.ts';
import {
  type Kind,
  KINDS,
  type ModuleExport,
  type ModuleImport,
  type ModuleInfo,
  Section,
  type Signature,
  type Span,
} from './module-info.ts';
import { ModuleRefused } from './module-refused.ts';

const VALUE_TYPES: Readonly<Record<number, string>> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
  0x70: 'funcref',
  0x6f: 'externref',
};

/** Reads everything but code and elements of a *validated* module. */
export function readModule(bytes: Uint8Array): ModuleInfo {
  const { sections, customs } = readSections(bytes);
  const reader = (id: number): ByteReader => {
    const span = sections.get(id);
    return new ByteReader(bytes, span?.start ?? 0, span?.end ?? 0);
  };

  const types = vector(reader(Section.type), readSignature);
  const functions: number[] = [];
  const imports = vector(reader(Section.import), (r) => readImport(r, types, functions));
  const importedFunctions = functions.length;
  functions.push(...vector(reader(Section.function), (r) => r.u32()));
  const memories = vector(reader(Section.memory), readMemory);
  const memory64 = memories[0]?.memory64 ?? false;
  const start = sections.has(Section.start) ? reader(Section.start).u32() : null;

  return {
    bytes,
    sections,
    customs,
    types,
    imports,
    functions,
    importedFunctions,
    tables: count(reader(Section.table)),
    memory: memories[0] ? { initial: memories[0].initial, maximum: memories[0].maximum } : null,
    memory64,
    globals: readGlobals(reader(Section.global)),
    exports: vector(reader(Section.export), readExport),
    start,
    activeData: readActiveData(reader(Section.data)),
  };
}

function readSections(bytes: Uint8Array): Pick<ModuleInfo, 'sections' | 'customs'> {
  const sections = new Map<number, Span>();
  const customs: { name: string; content: Span; whole: Span }[] = [];
  const reader = new ByteReader(bytes, 8);
  while (!reader.done) {
    const id = reader.u8();
    const size = reader.u32();
    const whole = { start: reader.pos, end: reader.pos + size };
    reader.take(size);
    if (id === Section.custom) {
      const inner = new ByteReader(bytes, whole.start, whole.end);
      const name = inner.text();
      customs.push({ name, content: { start: inner.pos, end: whole.end }, whole });
    } else if (id > Section.dataCount) {
      throw new ModuleRefused('Importing and defining tags is not allowed.');
    } else {
      sections.set(id, whole);
    }
  }
  return { sections, customs };
}

function count(reader: ByteReader): number {
  return reader.done ? 0 : reader.u32();
}

function vector<T>(reader: ByteReader, read: (reader: ByteReader) => T): T[] {
  const items: T[] = [];
  for (let left = count(reader); left > 0; left--) items.push(read(reader));
  return items;
}

function readSignature(reader: ByteReader): Signature {
  if (reader.u8() !== 0x60) throw new ModuleRefused('Only function types are allowed.');
  return { params: vector(reader, readValueType), results: vector(reader, readValueType) };
}

function readValueType(reader: ByteReader): string {
  const code = reader.u8();
  const type = VALUE_TYPES[code];
  if (type === undefined) throw new ModuleRefused(`Unsupported value type 0x${code.toString(16)}.`);
  return type;
}

function readImport(
  reader: ByteReader,
  types: readonly Signature[],
  functions: number[],
): ModuleImport {
  const module = reader.text();
  const name = reader.text();
  const kind = readKind(reader);
  if (kind !== 'function') {
    throw new ModuleRefused(
      `Wasm module has an invalid import section. Importing a ${kind} is not allowed: ${module}.${name}.`,
    );
  }
  const type = reader.u32();
  functions.push(type);
  return { module, name, kind, signature: types[type]! };
}

function readExport(reader: ByteReader): ModuleExport {
  return { name: reader.text(), kind: readKind(reader), index: reader.u32() };
}

function readKind(reader: ByteReader): Kind {
  const kind = KINDS[reader.u8()];
  if (kind === undefined) throw new ModuleRefused('Failed to decode wasm module: unknown kind');
  return kind;
}

function readMemory(reader: ByteReader): {
  memory64: boolean;
  initial: number;
  maximum: number | null;
} {
  const flags = reader.u8();
  if ((flags & 0x02) !== 0) throw new ModuleRefused('Shared memories are not allowed.');
  const initial = Number(reader.u64());
  const maximum = (flags & 0x01) !== 0 ? Number(reader.u64()) : null;
  return { memory64: (flags & 0x04) !== 0, initial, maximum };
}

function readGlobals(reader: ByteReader): { type: string; mutable: boolean }[] {
  return vector(reader, (r) => {
    const type = readValueType(r);
    const mutable = r.u8() === 1;
    skipConstant(r);
    return { type, mutable };
  });
}

/** Skips a constant expression. */
function skipConstant(reader: ByteReader): void {
  for (;;) {
    const opcode = reader.u8();
    if (opcode === 0x0b) return;
    if (opcode === 0x43) reader.take(4);
    else if (opcode === 0x44) reader.take(8);
    else if (opcode === 0xfd) reader.take(17);
    else if (opcode < 0x45 || opcode >= 0xd0) reader.skipLeb();
  }
}

function readActiveData(reader: ByteReader): { offset: bigint; length: number }[] {
  const active: { offset: bigint; length: number }[] = [];
  vector(reader, (r) => {
    const flags = r.u32();
    if (flags === 2) r.u32();
    const offset = flags === 1 ? null : readOffset(r);
    const length = r.u32();
    r.take(length);
    if (offset !== null) active.push({ offset, length });
  });
  return active;
}

/** Where an active data segment goes. The replica wants a plain constant. */
function readOffset(reader: ByteReader): bigint {
  const opcode = reader.u8();
  const value = opcode === 0x41 || opcode === 0x42 ? reader.s64() : null;
  if (value === null || reader.u8() !== 0x0b) {
    throw new ModuleRefused(
      'Wasm module has an invalid data section. Invalid offset expression in data segment.',
    );
  }
  return opcode === 0x41 ? BigInt.asUintN(32, value) : BigInt.asUintN(64, value);
}
