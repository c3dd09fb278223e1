import { OUT_OF_INSTRUCTIONS } from '../../wasm/index.ts';
import { functionNotFound, outOfInstructions, type Trap, trapOf } from '../errors/trap.ts';
import type { Closure } from '../messaging/call-context.ts';
import type { Running } from '../system-api/imports.ts';
import type { Execution } from './execution.ts';

/** Where execution starts: an exported function, or a closure of the canister. */
export type Entry = { readonly name: string } | { readonly closure: Closure };

/** Runs a message to its end, and says how it trapped if it did. State is the caller's business. */
export function run(running: Running, execution: Execution, entry: Entry): Trap | null {
  const { instance, input } = execution;
  instance.fuel = BigInt(input.limit);
  running.current = execution;
  try {
    enter(execution, entry);
    return execution.instructions > input.limit ? outOfInstructions(input.limit) : null;
  } catch (thrown) {
    if (instance.fuel === OUT_OF_INSTRUCTIONS) return outOfInstructions(input.limit);
    return trapOf(thrown);
  } finally {
    running.current = null;
  }
}

function enter({ instance }: Execution, entry: Entry): void {
  if ('name' in entry) {
    // Looked up in the module's own list of exports before: always there.
    instance.function(entry.name)!();
    return;
  }
  const callback = instance.callback(entry.closure.fun);
  if (callback === null) throw functionNotFound(entry.closure.fun);
  callback(entry.closure.env);
}

/** Instructions an execution used: never more than it was allowed. */
export function instructionsUsed({ input, instructions }: Execution): number {
  return Math.min(instructions, input.limit);
}
