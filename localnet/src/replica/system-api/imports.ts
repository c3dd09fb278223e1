import { ModuleRefused, type ModuleImport, type PreparedModule } from '../../wasm/index.ts';
import { systemCallCost } from '../config/system-call-costs.ts';
import { wrongMode } from '../errors/trap.ts';
import type { Execution } from '../execution/execution.ts';
import { KINDS } from '../execution/kinds.ts';
import { outgoingCalls } from './calls.ts';
import { canisterCalls } from './canister.ts';
import { cyclesCalls } from './cycles.ts';
import { messageCalls } from './message.ts';
import { priceCalls } from './prices.ts';
import { stableCalls } from './stable.ts';
import { systemCalls } from './system.ts';
import type { SystemCall, SystemCalls } from './system-call.ts';

/** Every function that modules can import from `ic0`. */
export const SYSTEM_API: SystemCalls = {
  ...messageCalls,
  ...canisterCalls,
  ...cyclesCalls,
  ...outgoingCalls,
  ...stableCalls,
  ...systemCalls,
  ...priceCalls,
};

/** Only for 32-bit heaps: their amounts and addresses have 32 or 64 bits. */
const ONLY_32 = new Set([
  'msg_cycles_available',
  'msg_cycles_refunded',
  'msg_cycles_accept',
  'canister_cycle_balance',
  'call_cycles_add',
  'stable_size',
  'stable_grow',
  'stable_read',
  'stable_write',
]);

/** The message being executed. Canisters never run inside one another, so there is one at most. */
export interface Running {
  current: Execution | null;
}

/** The two import objects of a network, shared by all its instances: 32-bit and 64-bit heaps. */
export function systemImports(running: Running): (module: PreparedModule) => WebAssembly.Imports {
  const narrow = { ic0: bindAll(running, false) };
  const wide = { ic0: bindAll(running, true) };
  return (module) => (module.memory64 ? wide : narrow);
}

/** Refuses a module that imports what the system does not offer. Throws `ModuleRefused`. */
export function checkImports({ imports, memory64 }: PreparedModule): void {
  for (const wanted of imports) {
    const call = wanted.module === 'ic0' ? SYSTEM_API[wanted.name] : undefined;
    if (call === undefined || (memory64 && ONLY_32.has(wanted.name))) {
      throw new ModuleRefused(
        `Wasm module has an invalid import section. Module imports function '${wanted.name}' ` +
          `from '${wanted.module}' that is not exported by the runtime.`,
      );
    }
    if (!matches(wanted, call, memory64)) {
      throw new ModuleRefused(
        `Wasm module has an invalid function signature. Function '${wanted.name}' of '${wanted.module}' ` +
          `is (${types(call.params, memory64).join(', ')}) -> (${types(call.result, memory64).join(', ')}).`,
      );
    }
  }
}

function matches({ signature }: ModuleImport, call: SystemCall, memory64: boolean): boolean {
  return (
    signature !== null &&
    signature.params.join() === types(call.params, memory64).join() &&
    signature.results.join() === types(call.result, memory64).join()
  );
}

function types(letters: string, memory64: boolean): string[] {
  return [...letters].map((type) => (type === 'l' || (type === 'I' && memory64) ? 'i64' : 'i32'));
}

type HostFunction = (...args: (number | bigint)[]) => unknown;

function bindAll(running: Running, memory64: boolean): Record<string, HostFunction> {
  const entries = Object.entries(SYSTEM_API).map(([name, call]) => {
    const bound = bind(running, name, call);
    return [name, memory64 ? widen(bound, call) : bound] as const;
  });
  return Object.fromEntries(entries);
}

function bind(running: Running, name: string, { contexts, run }: SystemCall): HostFunction {
  const cost = systemCallCost(name);
  const apply = run as (x: Execution, ...args: unknown[]) => unknown;
  // Fixed parameters rather than rest: these are the hottest calls between module and host.
  return (a, b, c, d, e, f, g, h) => {
    const x = running.current!;
    if ((contexts & x.contextBit) === 0) throw wrongMode(name, KINDS[x.input.kind].mode);
    x.call = name;
    x.charge(cost);
    return apply(x, a, b, c, d, e, f, g, h);
  };
}

/** The same function for 64-bit heaps: addresses and sizes come and go as bigints. */
function widen(bound: HostFunction, { params, result }: SystemCall): HostFunction {
  return (...args) => {
    const narrowed = args.map((value, index) =>
      params[index] === 'I' ? Number(BigInt.asUintN(64, value as bigint)) : value,
    );
    const answer = bound(...narrowed);
    return result === 'I' ? BigInt(answer as number) : answer;
  };
}
