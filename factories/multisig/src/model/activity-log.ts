import { stored, Table, u32, type ByteStore } from '@fabrica/core/store';

import { ActivityEntry } from '../schemas/activity.ts';
import type { Counters } from './counters.ts';

/** What happened, in order. Has no way to change or remove an entry. */
export class ActivityLog {
  readonly #entries: Table<ActivityEntry>;
  readonly #counters: Counters;

  constructor(space: ByteStore, counters: Counters) {
    this.#entries = new Table(space, stored(1, ActivityEntry));
    this.#counters = counters;
  }

  get length(): number {
    return this.#counters.activities;
  }

  append(entry: ActivityEntry): void {
    this.#entries.set(u32(this.#counters.takeActivity()), entry);
  }

  /** Entries below `before`, newest first, `limit` at most. */
  newest(before: number, limit: number): ActivityEntry[] {
    const entries: ActivityEntry[] = [];
    const first = Math.min(before, this.length) - 1;
    for (let at = first; at >= 0 && entries.length < limit; at -= 1) {
      const entry = this.#entries.get(u32(at));
      if (entry === null) throw new Error(`Activity ${at} is missing`);
      entries.push(entry);
    }
    return entries;
  }
}
