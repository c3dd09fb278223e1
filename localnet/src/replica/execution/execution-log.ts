import type { ErrorCodeName } from '../errors/codes.ts';
import type { ExecutionKind } from './kinds.ts';

/** Executions in the order in which they happened. */
export interface ExecutionPage {
  /** Number of the first of the records; one execution follows another without gaps. */
  readonly first: number;
  readonly records: readonly ExecutionRecord[];
  /** Number of the execution to come: where to read on. */
  readonly next: number;
}

/** What one execution did and cost. */
export interface ExecutionRecord {
  /** The round it was executed in. Queries carry the last one. */
  readonly round: number;
  /** Canister id in text. */
  readonly canister: string;
  /** Method being served, also by callbacks; the entry point's name for what is no call. */
  readonly method: string;
  /** Of a callback, the method whose answer it received; else null. */
  readonly awaited: string | null;
  /** Groups the executions of one call: the message, its callbacks and cleanups. Null for others. */
  readonly call: number | null;
  readonly kind: ExecutionKind;
  /** By the replica's cost table, system calls included. Not calibrated against a replica. */
  readonly instructions: number;
  /** Cycles charged for the execution; 0 for queries and on system subnets. */
  readonly cycles: bigint;
  /** How it trapped, or null. */
  readonly trap: ErrorCodeName | null;
}

const CAPACITY = 10_000;

/** The latest executions of a network, oldest first. */
export class ExecutionLog {
  #records: ExecutionRecord[] = [];
  /** Executions ever recorded. */
  #count = 0;
  #listeners = new Set<(record: ExecutionRecord) => void>();

  /** The latest execution, if any. */
  get last(): ExecutionRecord | undefined {
    return this.#records.at(-1);
  }

  /** At most the last 10,000 executions. */
  list(): readonly ExecutionRecord[] {
    return this.#records.slice(-CAPACITY);
  }

  /**
   * The executions from a number on, as far as they are still kept.
   * @param number 0 is the network's first execution.
   */
  since(number: number): ExecutionPage {
    const kept = this.list();
    const records = kept.slice(Math.max(0, number - (this.#count - kept.length)));
    return { first: this.#count - records.length, records, next: this.#count };
  }

  /** Forgets all; what follows can be listed by itself. */
  clear(): void {
    this.#records = [];
  }

  /** Calls `listener` after every execution, until the returned function is called. */
  subscribe(listener: (record: ExecutionRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds an execution. */
  add(record: ExecutionRecord): void {
    this.#records.push(record);
    this.#count += 1;
    if (this.#records.length > 2 * CAPACITY) this.#records = this.#records.slice(-CAPACITY);
    for (const listener of this.#listeners) listener(record);
  }
}
