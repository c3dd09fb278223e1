import { createHash } from 'node:crypto';

import { checkModule } from './check-module.ts';
import { inflate } from './inflate.ts';
import type { MemoryLimits, ModuleImport } from './module-info.ts';
import { ModuleRefused } from './module-refused.ts';
import type { ExportNames } from './names.ts';
import { type EntryPoint, type MethodKind, readExports } from './read-exports.ts';
import { type Metadata, readMetadata } from './read-metadata.ts';
import { readModule } from './read-module.ts';
import { rewriteModule } from './rewrite-module.ts';

/** The smallest module with a 64-bit memory: tells whether this Node can run such. */
const MEMORY64 = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 4, 0);

const INVALID = 'Wasmtime failed to validate wasm module';

/** A canister module, ready to be instantiated. */
export interface PreparedModule {
  /** The module as it was sent: what a saved network keeps. */
  readonly sent: Uint8Array;
  /** The rewritten module. */
  readonly bytes: Uint8Array;
  /** Compiled from `bytes`. */
  readonly module: WebAssembly.Module;
  /** SHA-256 of the bytes as sent, raw or gzipped: the canister's `module_hash`. */
  readonly hash: Uint8Array;
  /** Public methods, by name without prefix. */
  readonly methods: ReadonlyMap<string, MethodKind>;
  /** Functions that the system calls. */
  readonly entryPoints: ReadonlySet<EntryPoint>;
  /** What the module imports, in order; all are functions. The metering adds none. */
  readonly imports: readonly ModuleImport[];
  /** Under which names `module` exports its state. */
  readonly names: ExportNames;
  /** Size of the heap at birth and at most, in pages of 64 KiB; null if there is none. */
  readonly memory: MemoryLimits | null;
  /** Whether heap addresses have 64 bits. */
  readonly memory64: boolean;
  /** Custom sections `icp:public <name>` and `icp:private <name>`, by name. */
  readonly metadata: ReadonlyMap<string, Metadata>;
  /**
   * Instructions of the instrumented module, which the replica charges for compiling. Its own
   * replacements of the stable memory functions, some hundreds of instructions, are not included.
   */
  readonly instructionCount: number;
  /**
   * Whether it may write its table or drop segments. As on the replica, which makes a new instance
   * for every message, such changes do not outlive the message.
   */
  readonly transient: boolean;
}

/** SHA-256 of a module as sent. */
export function moduleHash(sent: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(sent).digest());
}

/**
 * Checks a module as the replica does, and rewrites it to be run here.
 * @param sent The module as given to `install_code`, raw or gzipped.
 * @param hash Its `moduleHash`, for callers that know it already.
 * @param metered False leaves the code as it is: nothing is counted, and an endless loop never ends.
 * @throws ModuleRefused if the Internet Computer would not install it, or if this Node cannot run it.
 */
export function prepareModule(
  sent: Uint8Array,
  hash = moduleHash(sent),
  metered = true,
): PreparedModule {
  const original = inflate(sent);
  validate(original);
  const info = readModule(original);
  checkModule(info);
  const { methods, entryPoints } = readExports(info);
  const metadata = readMetadata(info);
  const { bytes, names, instructions, transient } = rewriteModule(info, metered);
  return {
    // A copy: what was sent may be a part of a larger message.
    sent: sent.slice(),
    bytes,
    module: compile(bytes, 'The metered module exceeds a limit of the engine'),
    hash,
    methods,
    entryPoints,
    imports: info.imports,
    names,
    memory: info.memory,
    memory64: info.memory64,
    metadata,
    instructionCount: instructions,
    transient,
  };
}

/** Has the original checked by the engine, so that the rewriter never has to guess. */
function validate(bytes: Uint8Array): void {
  if (WebAssembly.validate(bytes as BufferSource)) return;
  if (!WebAssembly.validate(MEMORY64) && hasMemory64(bytes)) {
    throw new ModuleRefused(
      'A 64-bit memory is more than this Node can run. Compile for a 32-bit one (Motoko: classical persistence), or start node with --experimental-wasm-memory64',
    );
  }
  compile(bytes, INVALID);
  throw new ModuleRefused(INVALID);
}

/** Whether a module that the engine refuses has, as far as it can be read, a 64-bit memory. */
function hasMemory64(bytes: Uint8Array): boolean {
  try {
    return readModule(bytes).memory64;
  } catch (error) {
    if (error instanceof ModuleRefused) return false;
    throw error;
  }
}

function compile(bytes: Uint8Array, otherwise: string): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes as BufferSource);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModuleRefused(`${otherwise}: ${reason}`, { cause });
  }
}
