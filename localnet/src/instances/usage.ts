import type { ExecutionKind, ExecutionLog, ExecutionRecord } from '../replica/index.ts';

/** What a canister has done since its network was started or opened. */
export interface CanisterUsage {
  /** Calls from outside and from canisters, queries included. */
  readonly calls: number;
  /** Executions of all kinds: callbacks, timers and heartbeats as well. */
  readonly executions: number;
  readonly instructions: number;
  /** Cycles charged for executions. */
  readonly cycles: bigint;
  readonly traps: number;
}

/** Kinds that are calls. */
const CALLS: ReadonlySet<ExecutionKind> = new Set<ExecutionKind>([
  'update',
  'replicated_query',
  'query',
  'composite_query',
]);

const NOTHING: CanisterUsage = {
  calls: 0,
  executions: 0,
  instructions: 0,
  cycles: 0n,
  traps: 0,
};

/** Adds up executions by canister. */
export class Usage {
  readonly #canisters = new Map<string, CanisterUsage>();

  constructor(executions: ExecutionLog) {
    executions.subscribe((record) => {
      this.#add(record);
    });
  }

  /** @param canister Id in text. */
  of(canister: string): CanisterUsage {
    return this.#canisters.get(canister) ?? NOTHING;
  }

  #add({ canister, kind, instructions, cycles, trap }: ExecutionRecord): void {
    const before = this.of(canister);
    this.#canisters.set(canister, {
      calls: before.calls + (CALLS.has(kind) ? 1 : 0),
      executions: before.executions + 1,
      instructions: before.instructions + instructions,
      cycles: before.cycles + cycles,
      traps: before.traps + (trap === null ? 0 : 1),
    });
  }
}
