import { LIMITS } from '../config/limits.ts';

/** One line that a canister printed, or the text of one of its traps. */
export interface LogRecord {
  readonly index: bigint;
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  readonly content: Uint8Array;
}

/** The last few kilobytes that a canister printed. */
export class CanisterLog {
  #next = 0n;
  #bytes = 0;
  #records: LogRecord[] = [];

  /** What is kept, oldest first. */
  get records(): readonly LogRecord[] {
    return this.#records;
  }

  /** Lines ever added. */
  get total(): bigint {
    return this.#next;
  }

  /** A log that was kept. */
  static of(total: bigint, records: readonly LogRecord[]): CanisterLog {
    const log = new CanisterLog();
    log.#next = total;
    log.#records = [...records];
    log.#bytes = records.reduce((sum, { content }) => sum + content.length, 0);
    return log;
  }

  /** Adds a line, forgetting the oldest ones to make room. */
  add(time: bigint, line: Uint8Array): void {
    const content = line.slice(0, LIMITS.logBytes);
    this.#records.push({ index: this.#next, time, content });
    this.#next += 1n;
    this.#bytes += content.length;
    while (this.#bytes > LIMITS.logBytes) this.#bytes -= this.#records.shift()!.content.length;
  }

  /** Forgets everything but the count. */
  clear(): void {
    this.#records = [];
    this.#bytes = 0;
  }
}
