import { c } from '@fabrica/core/candid';
import { Cell, keyspaces, Sequence, stored, Table, u32, type ByteStore } from '@fabrica/core/store';
import { ok, type Result } from '@fabrica/core';
import {
  ArchivedRange,
  ArchiveModule,
  ArchiveSettings,
  ArchivingState,
  type ArchivedIds,
} from '../../candid/archive.ts';
import { storageErrors } from '../../errors.ts';
import type { Log } from '../log.ts';
import { checkSettings, DEFAULTS } from './settings.ts';

/** Entries that leave the log in one message, at most: about 1 M instructions each. */
export const RELEASE_SLICE = 100;

/** A canister that is being made an archive. */
export type Move = Extract<ArchivingState, { Installing: unknown }>['Installing'];

/**
 * What of a log is in archives, and how far the present move has come.
 *
 * A range is copied, proven by the archive, noted here for good, and only then let go of: an entry is at every
 * moment in the log, in an archive, or in both. There is no way to forget a range.
 */
export class Archives {
  readonly #log: Log;
  readonly #ranges: Sequence<ArchivedRange>;
  readonly #state: Cell<ArchivingState>;
  readonly #settings: Cell<ArchiveSettings>;
  readonly #module: Cell<ArchiveModule | null>;
  readonly #abandoned: Cell<number>;
  /** By number of the archive: which whitelist it has. */
  readonly #whitelists: Table<number>;

  constructor(space: ByteStore, log: Log) {
    this.#log = log;
    const spaces = keyspaces(space, {
      ranges: 0,
      state: 1,
      settings: 2,
      module: 3,
      abandoned: 4,
      whitelists: 5,
    });
    this.#ranges = new Sequence(spaces.ranges, stored(1, ArchivedRange));
    this.#state = new Cell(spaces.state, stored(1, ArchivingState), { Idle: null });
    this.#settings = new Cell(spaces.settings, stored(1, ArchiveSettings), DEFAULTS);
    this.#module = new Cell(spaces.module, stored(1, c.opt(ArchiveModule)), null);
    this.#abandoned = new Cell(spaces.abandoned, stored(1, c.nat32), 0);
    this.#whitelists = new Table(spaces.whitelists, stored(1, c.nat32));
  }

  get settings(): ArchiveSettings {
    return this.#settings.get();
  }

  get module(): ArchiveModule | null {
    return this.#module.get();
  }

  get state(): ArchivingState {
    return this.#state.get();
  }

  /** Canisters given up. */
  get abandoned(): number {
    return this.#abandoned.get();
  }

  /** Ranges archived. */
  get count(): number {
    return this.#ranges.length;
  }

  /** The ranges archived, oldest first. */
  ranges(from: number, limit: number): ArchivedRange[] {
    return this.#ranges.page(from, limit);
  }

  configure(settings: ArchiveSettings): Result<null> {
    const checked = checkSettings(settings);
    if ('Ok' in checked) this.#settings.set(settings);
    return checked;
  }

  setModule(module: ArchiveModule): void {
    this.#module.set(module);
  }

  /** The archive that holds an entry; `null` if none does. */
  holderOf(id: number): ArchivedRange | null {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (Number(this.#ranges.at(middle).to) <= id) low = middle + 1;
      else high = middle;
    }
    return low < this.#ranges.length ? this.#ranges.at(low) : null;
  }

  /** Which archives hold entries, in the order asked; numbers next to each other are told together. */
  locate(ids: readonly number[]): ArchivedIds[] {
    const groups: { archive: Uint8Array; ids: bigint[] }[] = [];
    let range: ArchivedRange | null = null;
    for (const id of ids) {
      if (range === null || id < Number(range.from) || id >= Number(range.to)) {
        range = this.holderOf(id);
        if (range === null) throw new Error(`Entry ${id} is in no archive`);
        groups.push({ archive: range.archive, ids: [] });
      }
      groups.at(-1)!.ids.push(BigInt(id));
    }
    return groups;
  }

  /** True if the log holds so much that some of it is to be moved. */
  get isDue(): boolean {
    const { enabled, atEntries, atBytes } = this.settings;
    if (!enabled) return false;
    const { length, first, bytesHere } = this.#log;
    return length - first >= atEntries || (bytesHere >= atBytes && length - first > 1);
  }

  /** The range to move next: the oldest entries, never the newest one. */
  nextRange(): { from: number; to: number } {
    const { first, length } = this.#log;
    return { from: first, to: Math.min(first + this.settings.moveEntries, length - 1) };
  }

  /** Notes that a canister is about to be created. */
  creating(): void {
    this.#state.set({ Creating: null });
  }

  /** No canister was created. `unknown`: there may be one, of which nobody knows. */
  notCreated(unknown: boolean): void {
    if (unknown) this.#abandoned.set(this.abandoned + 1);
    this.#state.set({ Idle: null });
  }

  /** The canister is there; it is about to get its code. */
  installing(move: Move): void {
    this.#state.set({ Installing: move });
  }

  /** Entries up to `next` are in the archive. */
  copied(move: Move, next: number): void {
    this.#state.set({ Copying: { ...move, next: BigInt(next) } });
  }

  /** The archive has proven to hold the range: it is on record for good, and its entries may leave. */
  sealed({ archive, from, to, previous, hash, whitelist }: Move, now: bigint): void {
    this.#whitelists.set(u32(this.#ranges.length), whitelist);
    this.#ranges.append({ archive, from, to, previous, hash, sealedAt: now });
    this.#state.set({ Releasing: { to } });
  }

  /** The end of the next slice that may leave the log; `null` if nothing may. */
  nextRelease(): number | null {
    const { state } = this;
    if (!('Releasing' in state)) return null;
    const to = Number(state.Releasing.to);
    return this.#log.first < to ? Math.min(this.#log.first + RELEASE_SLICE, to) : null;
  }

  /** Ends the move. */
  finish(): void {
    this.#state.set({ Idle: null });
  }

  /** Gives up a canister that does not become an archive. Nothing has left the log for it. */
  abandon(): Result<null> {
    const { state } = this;
    if (!('Installing' in state || 'Copying' in state)) return storageErrors.nothing_to_abandon();
    this.#abandoned.set(this.abandoned + 1);
    this.#state.set({ Idle: null });
    return ok(null);
  }

  /** Archives that have an older whitelist than `version`, by number. */
  withoutWhitelist(version: number): number[] {
    const behind: number[] = [];
    for (let at = 0; at < this.#ranges.length; at += 1) {
      if ((this.#whitelists.get(u32(at)) ?? 0) < version) behind.push(at);
    }
    return behind;
  }

  /** Notes which whitelist an archive has now. */
  gaveWhitelist(archive: number, version: number): void {
    this.#whitelists.set(u32(archive), version);
  }
}
