import { noReply, type Outcome, rejection, type Rejection } from '../errors/rejection.ts';
import { cleanupAlsoFailed } from '../errors/trap.ts';
import { textOf } from '../ids.ts';
import type { CallContext } from '../messaging/call-context.ts';
import type { Canister } from '../state/canister.ts';
import type { HeapImage } from '../state/heap-image.ts';
import type { StableImage } from '../state/stable-memory.ts';
import type { World } from '../world.ts';
import { codeOf, execute, type Executed, rollback } from './execute.ts';
import type { ExecutionInput, OutgoingCall } from './execution.ts';
import type { Query } from './query.ts';
import type { Entry } from './run.ts';

/**
 * Executes a composite query with all its calls, which `ask` executes. The canister's changes live from one part of it to
 * the next, invisible to everyone else, and are dropped at the end.
 */
export function runComposite(world: World, canister: Canister, query: Query, ask: Ask): Outcome {
  return new CompositeQuery(world, canister, query, ask).run();
}

/** Executes a query that the composite one makes. */
type Ask = (world: World, id: Uint8Array, query: Query) => Outcome;

interface State {
  readonly heap: HeapImage;
  readonly stable: StableImage;
}

class CompositeQuery {
  readonly #world: World;
  readonly #canister: Canister;
  readonly #query: Query;
  readonly #ask: Ask;
  readonly #context: CallContext;
  readonly #committed: HeapImage;
  /** The state this query has made so far. */
  #own: State | null = null;
  readonly #calls: OutgoingCall[] = [];
  #outcome: Outcome | null = null;
  #failure: Rejection | null = null;

  constructor(world: World, canister: Canister, query: Query, ask: Ask) {
    this.#world = world;
    this.#canister = canister;
    this.#query = query;
    this.#ask = ask;
    this.#committed = codeOf(canister).heap.image();
    const { method, caller } = query;
    this.#context = {
      id: 0,
      origin: { kind: 'system' },
      method,
      caller,
      deadline: 0n,
      available: 0n,
      responded: false,
      outstanding: 0,
      instructions: 0,
    };
  }

  run(): Outcome {
    const { method, arg } = this.#query;
    const entry = { name: `canister_composite_query ${method}` };
    this.#execute({ kind: 'composite_query', arg }, entry);
    for (let call = this.#calls.shift(); call; call = this.#calls.shift()) this.#call(call);
    return this.#outcome ?? { rejection: this.#failure ?? noReply(this.#canister.text) };
  }

  #call(call: OutgoingCall): void {
    const outcome = this.#answerTo(call);
    const failed = 'rejection' in outcome;
    const input = failed
      ? { kind: 'composite_reject' as const, arg: new Uint8Array(0), rejection: outcome.rejection }
      : { kind: 'composite_reply' as const, arg: outcome.reply };
    const closure = failed ? call.onReject : call.onReply;
    const { trap } = this.#execute(input, { closure });
    if (trap === null || call.onCleanup === null) return;
    const cleanup = this.#execute(
      { ...input, kind: 'composite_cleanup' },
      { closure: call.onCleanup },
    );
    if (cleanup.trap === null) return;
    const first = trap.rejectionFrom(this.#canister.text);
    const second = cleanup.trap.rejectionFrom(this.#canister.text);
    this.#failure = cleanupAlsoFailed(first, second);
  }

  #answerTo({ callee, method, data }: OutgoingCall): Outcome {
    const { subnet, id, text } = this.#canister;
    if (this.#world.subnetOf(callee) !== subnet) {
      const why = `Canister ${text} cannot call ${textOf(callee)} of another subnet in a composite query`;
      return { rejection: rejection('CanisterNotFound', why) };
    }
    const { depth, budget } = this.#query;
    const query = { caller: id, method, arg: data.join(), depth: depth + 1, budget };
    return this.#ask(this.#world, callee, query);
  }

  /** Runs one part on this query's own state, and leaves the canister as it was. */
  #execute(part: Pick<ExecutionInput, 'kind' | 'arg' | 'rejection'>, entry: Entry): Executed {
    const canister = this.#canister;
    const { budget, method, caller } = this.#query;
    const { heap } = codeOf(canister);
    if (this.#own) {
      heap.load(this.#own.heap);
      canister.stable.putWritten(this.#own.stable);
    }
    const limit = Math.max(0, Math.min(canister.subnet.limits.query, budget.remaining));
    const input = { ...part, method, caller, limit, context: this.#context };
    const executed = execute(this.#world, canister, input, entry, 'open');
    budget.remaining -= executed.instructions;
    this.#context.instructions += executed.instructions;
    if (executed.trap === null) this.#keep(executed);
    else this.#failure = executed.trap.rejectionFrom(canister.text);
    rollback(canister);
    heap.load(this.#committed);
    return executed;
  }

  #keep({ execution }: Executed): void {
    const { heap } = codeOf(this.#canister);
    this.#own = { heap: heap.image(), stable: this.#canister.stable.takeWritten() };
    this.#calls.push(...execution.calls);
    if (execution.outcome === null) return;
    this.#outcome = execution.outcome;
    this.#context.responded = true;
  }
}
