import type { ModuleInfo } from './module-info.ts';

const METER = 'canister counter_instructions';
const START = 'canister_start';
const MEMORY = 'localnet memory';
const TABLE = 'localnet table';
const GLOBAL_PREFIX = '__persistent_mutable_global_';

/**
 * Names that only the rewriter may export. The first four are the replica's `RESERVED_SYMBOLS`;
 * with the last two, no name given below can clash with one of the module's own.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  METER,
  START,
  'canister counter_dirty_pages',
  'canister counter_accessed_pages',
  'stable_memory',
  'stable_memory_bytemap',
  MEMORY,
  TABLE,
]);

/** Under which names a rewritten module exports its state. */
export interface ExportNames {
  /** Heap memory; null if there is none. */
  readonly memory: string | null;
  /** The table whose entries callbacks index; null if there is none. */
  readonly table: string | null;
  /** Mutable i64 global: instructions left. */
  readonly meter: string;
  /** Function to call once after instantiation; null if there is none. */
  readonly start: string | null;
  /** Mutable globals of the module, in the order of their indices. */
  readonly mutableGlobals: readonly string[];
}

/** An export that the rewriter adds: name, kind as in the binary format, index. */
export interface AddedExport {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

/** Names for everything that has to be exported, keeping the module's own where it has one. */
export function nameExports(
  info: ModuleInfo,
  counter: number,
): { names: ExportNames; added: AddedExport[] } {
  const added: AddedExport[] = [{ name: METER, kind: 3, index: counter }];
  const taken = new Set(info.exports.map((item) => item.name));
  const name = (kind: 'table' | 'memory' | 'global', index: number, fallback: string): string => {
    const own = info.exports.find((item) => item.kind === kind && item.index === index);
    if (own) return own.name;
    let free = fallback;
    while (taken.has(free)) free += '_';
    taken.add(free);
    added.push({ name: free, kind: KIND_CODES[kind], index });
    return free;
  };

  const memory = info.memory ? name('memory', 0, MEMORY) : null;
  const table = info.tables > 0 ? name('table', 0, TABLE) : null;
  const mutableGlobals = info.globals.flatMap((global, index) =>
    global.mutable ? [name('global', index, `${GLOBAL_PREFIX}${index}`)] : [],
  );
  if (info.start !== null) added.push({ name: START, kind: 0, index: info.start });
  const start = info.start === null ? null : START;
  return { names: { memory, table, meter: METER, start, mutableGlobals }, added };
}

const KIND_CODES = { table: 1, memory: 2, global: 3 } as const;
