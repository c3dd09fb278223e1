import { atMost, signatureOf } from './check-module.ts';
import { LIMITS } from './limits.ts';
import { RESERVED_NAMES } from './names.ts';
import type { ModuleInfo } from './module-info.ts';
import { ModuleRefused } from './module-refused.ts';

/** How a public method may be called. */
export type MethodKind = 'update' | 'query' | 'composite_query';

/** Functions that the system itself calls, from the interface specification. */
export const ENTRY_POINTS = [
  'canister_init',
  'canister_pre_upgrade',
  'canister_post_upgrade',
  'canister_inspect_message',
  'canister_heartbeat',
  'canister_global_timer',
  'canister_on_low_wasm_memory',
] as const;
export type EntryPoint = (typeof ENTRY_POINTS)[number];

/** What a canister offers. */
export interface CanisterExports {
  readonly methods: ReadonlyMap<string, MethodKind>;
  readonly entryPoints: ReadonlySet<EntryPoint>;
}

const METHOD = /^canister_(update|query|composite_query) (.*)$/s;

/** Reads the public methods and entry points, and refuses exports that the replica refuses. */
export function readExports(info: ModuleInfo): CanisterExports {
  const methods = new Map<string, MethodKind>();
  const entryPoints = new Set<EntryPoint>();
  let nameBytes = 0;
  for (const { name, kind, index } of info.exports) {
    if (RESERVED_NAMES.has(name)) {
      throw invalid(`Exporting reserved symbol ${name} not allowed.`);
    }
    if (kind !== 'function') continue;
    const method = METHOD.exec(name);
    if (method) {
      const unmangled = method[2]!;
      if (methods.has(unmangled)) {
        throw new ModuleRefused(
          `Duplicate function '${unmangled}' exported multiple times with different call types: update, query, or composite_query.`,
        );
      }
      methods.set(unmangled, method[1] as MethodKind);
      nameBytes += Buffer.byteLength(unmangled);
    } else if (isEntryPoint(name)) {
      entryPoints.add(name);
    } else if (name.startsWith('canister_')) {
      throw invalid(`Exporting reserved function '${name}' with "canister_" prefix`);
    } else continue;
    checkSignature(info, name, index);
  }
  atMost(methods.size, LIMITS.methods, 'exported methods');
  atMost(nameBytes, LIMITS.methodNameBytes, 'bytes of method names');
  return { methods, entryPoints };
}

function isEntryPoint(name: string): name is EntryPoint {
  return (ENTRY_POINTS as readonly string[]).includes(name);
}

/** Whatever the system calls takes nothing and returns nothing. */
function checkSignature(info: ModuleInfo, name: string, index: number): void {
  const { params, results } = signatureOf(info, index);
  if (params.length === 0 && results.length === 0) return;
  throw new ModuleRefused(
    `Wasm module has an invalid function signature. Expected input params [] for '${name}', got [${params.join(', ')}]; expected return type [], got [${results.join(', ')}].`,
  );
}

function invalid(reason: string): ModuleRefused {
  return new ModuleRefused(`Wasm module has an invalid export section. ${reason}`);
}
