import { memoryUsage } from '../state/memory-usage.ts';
import { executionCost, freezingThreshold } from '../cycles/costs.ts';
import { moduleNotFound, Trap } from '../errors/trap.ts';
import type { Canister, Code } from '../state/canister.ts';
import { noteLowMemory } from '../state/low-memory.ts';
import type { World } from '../world.ts';
import { Execution, type ExecutionInput } from './execution.ts';
import { type ExecutionKind, KINDS } from './kinds.ts';
import { type Entry, instructionsUsed, run } from './run.ts';

/** A finished execution. */
export interface Executed {
  readonly execution: Execution;
  /** How it trapped; its changes are undone then. */
  readonly trap: Trap | null;
  readonly instructions: number;
}

/**
 * `commit` keeps the changes, `undo` drops them as queries do, `open` leaves heap and stable memory
 * changed for the caller to save and restore, as composite queries need between their calls.
 */
export type Ending = 'commit' | 'undo' | 'open';

/** Kinds after which `canister_version` is one higher. */
const BUMPING: ReadonlySet<ExecutionKind> = new Set<ExecutionKind>([
  'update',
  'reply',
  'reject',
  'cleanup',
  'heartbeat',
  'timer',
  'low_memory',
]);

/** Kinds that fail when the heap has outgrown the canister's `wasm_memory_limit`. */
const LIMITED: ReadonlySet<ExecutionKind> = new Set<ExecutionKind>([
  'update',
  'heartbeat',
  'timer',
  'init',
]);

/** The code of a canister. Throws a `Trap` if it has none. */
export function codeOf(canister: Canister): Code {
  if (canister.code === null) throw moduleNotFound();
  return canister.code;
}

/**
 * Executes one message on a canister that has code.
 *
 * All changes are kept together or undone together: heap, globals, stable memory, certified data,
 * timer, balance, accepted cycles. Writes to the function table are not undone; compilers make
 * none at run time. Calls and the answer are left to the caller.
 * @param ending What becomes of the changes of an execution that did not trap.
 */
export function execute(
  world: World,
  canister: Canister,
  input: ExecutionInput,
  entry: Entry,
  ending: Ending,
): Executed {
  const { heap } = codeOf(canister);
  const execution = new Execution(canister, heap.begin(), world, input);
  const trap =
    run(world.running, execution, entry) ?? (ending === 'commit' ? checkGrowth(execution) : null);
  const instructions = instructionsUsed(execution);
  if (trap !== null || ending === 'undo') rollback(canister);
  else if (ending === 'commit') commit(execution);
  if (trap !== null) world.print(canister, new TextEncoder().encode(`[TRAP]: ${trap.message}`));
  record(world, execution, trap, instructions);
  return { execution, trap, instructions };
}

/** Undoes an open execution. */
export function rollback(canister: Canister): void {
  canister.code?.heap.rollback();
  canister.stable.rollback();
}

function commit(execution: Execution): void {
  const { canister, input } = execution;
  canister.code!.heap.commit();
  canister.stable.commit();
  canister.cycles = execution.balance;
  if (input.context !== null) input.context.available -= execution.accepted;
  if (execution.certifiedData !== null) canister.certifiedData = execution.certifiedData;
  if (execution.globalTimer !== null) canister.globalTimer = execution.globalTimer;
  if (BUMPING.has(input.kind)) canister.version += 1n;
  noteLowMemory(canister);
}

/** Limits on memory that only show when the message is over, as growing cannot be intercepted. */
function checkGrowth({ canister, instance, input, balance }: Execution): Trap | null {
  const grown = instance.pages - canister.code!.heap.pages;
  if (grown <= 0) return null;
  const bytes = instance.heap.length;
  const { wasmMemoryLimit: limit } = canister.settings;
  if (LIMITED.has(input.kind) && limit > 0n && BigInt(bytes) > limit) {
    return new Trap(
      'CanisterWasmMemoryLimitExceeded',
      `Canister exceeded its current Wasm memory limit of ${limit} bytes. ` +
        `The peak Wasm memory usage was ${bytes} bytes.`,
    );
  }
  const missing = freezingThreshold(canister, memoryUsage(canister) + grown * 65_536) - balance;
  if (missing <= 0n) return null;
  return new Trap(
    'InsufficientCyclesInMemoryGrow',
    `Canister cannot grow memory by ${grown * 65_536} bytes due to insufficient cycles. ` +
      `At least ${missing} additional cycles are required.`,
  );
}

function record(
  world: World,
  { canister, input, instance }: Execution,
  trap: Trap | null,
  instructions: number,
): void {
  const { kind, method, awaited = null, context } = input;
  const { replicated } = KINDS[kind];
  const cycles = replicated ? executionCost(canister.subnet, instructions, instance.memory64) : 0n;
  world.executions.add({
    round: world.round,
    canister: canister.text,
    method,
    awaited,
    call: context?.id ?? null,
    kind,
    instructions,
    cycles,
    trap: trap?.error ?? null,
  });
}
