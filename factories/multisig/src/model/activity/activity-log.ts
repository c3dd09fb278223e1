import { Table, u32, type ByteStore } from '@fabrica/core/store';

import type { ActivityEntry } from '../../schemas/activity.ts';
import type { Register } from '../register.ts';
import { activityCodec } from './activity-codec.ts';

/** What happened, in order. Has no way to change or remove an entry. */
export class ActivityLog {
  readonly #entries: Table<ActivityEntry>;
  readonly #register: Register;

  constructor(space: ByteStore, register: Register) {
    this.#entries = new Table(space, activityCodec);
    this.#register = register;
  }

  get length(): number {
    return this.#register.activities;
  }

  append(entry: ActivityEntry): void {
    this.#entries.set(u32(this.#register.takeActivity()), entry);
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
