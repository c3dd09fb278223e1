import { c, type Infer } from '../../candid/index.ts';
import { MAX_REPORTS, RelationshipReport } from '../../factory/gateway-facing.ts';
import { Cell, equal, stored, Table, type ByteStore } from '../../store/index.ts';
import { ChangeLog, type RoleChange } from './change-log.ts';

/** Changes kept for gateways that do not answer. Past it they are told everything again, once they do. */
export const MAX_CHANGES = 100_000;
/** Changes looked at or taken out of the log at once. */
const SLICE = 200;

/** How far a gateway was told. */
const Reporter = c.record({
  gateway: c.principal,
  /** Number of the first report that it did not confirm. */
  next: c.nat64,
  /** Contracts, from the first, whose holders are in reports already; changes in others need no words. */
  begun: c.nat32,
  /** Members of the last of them that are still to be told, from the last to the first. */
  members: c.nat32,
  /** Changes, from the first ever, that are in reports already. */
  read: c.nat32,
  /** True while everything is told again to one that may know parts of it. */
  again: c.bool,
  /** True after a batch was refused for one of its reports: they are sent one by one. */
  alone: c.bool,
});
export type Reporter = Infer<typeof Reporter>;

const State = c.record({
  enabled: c.bool,
  /** Number of the first change in the log. */
  head: c.nat32,
  /** How often the log was full, and reports that a gateway did not take. */
  overflows: c.nat32,
  refused: c.nat32,
  reporters: c.vec(Reporter, { max: 100 }),
});

const Batch = c.vec(RelationshipReport, { max: MAX_REPORTS });

/** What the book reads of a directory. */
export interface Related {
  readonly size: number;
  record(number: number): {
    readonly members: number;
    readonly info: { readonly id: Uint8Array; readonly name: string; readonly createdAt: bigint };
  };
  /** Holders of roles, members `end - count` to `end - 1`, the last first. */
  holders(number: number, end: number, count: number): { user: Uint8Array; roles: number }[];
}

/**
 * What gateways are told of who has to do with which contract: reports numbered without gaps, each batch
 * written down before it is sent and until it is confirmed.
 *
 * Contracts are told of as they are when their turn comes, so their making costs nothing here, and a gateway
 * that comes later is told of all. Only changes in contracts that were told of already are kept in a log.
 */
export class RelationshipBook {
  readonly #state: Cell<Infer<typeof State>>;
  readonly #batches: Table<readonly RelationshipReport[]>;
  readonly #log: ChangeLog;

  constructor(space: {
    readonly relationships: ByteStore;
    readonly relationshipBatches: ByteStore;
    readonly roleChanges: ByteStore;
  }) {
    this.#state = new Cell(space.relationships, stored(1, State), {
      enabled: true,
      head: 0,
      overflows: 0,
      refused: 0,
      reporters: [],
    });
    this.#batches = new Table(space.relationshipBatches, stored(1, Batch));
    this.#log = new ChangeLog(space.roleChanges);
  }

  /** Whether gateways are told at all. */
  get enabled(): boolean {
    return this.#state.get().enabled;
  }

  set enabled(enabled: boolean) {
    const state = this.#state.get();
    if (enabled === state.enabled) return;
    // What happens meanwhile is not kept: everything is told again afterwards.
    const reporters = state.reporters.map((one) => this.#anew(one, one.next));
    this.#state.set({ ...state, enabled, reporters });
  }

  /** How it stands: changes that wait, times that too many did, reports that were not taken. */
  get figures() {
    const { head, overflows, refused } = this.#state.get();
    return { waiting: this.#log.end(head) - head, overflows, refused };
  }

  of(gateway: Uint8Array): Reporter | null {
    return this.#state.get().reporters.find((one) => equal(one.gateway, gateway)) ?? null;
  }

  /** Keeps a change in a contract that a gateway was told of already. */
  note(change: RoleChange): void {
    const { enabled, head, reporters, overflows } = this.#state.get();
    if (!enabled || !reporters.some(({ begun }) => change.contract < begun)) return;
    if (this.#log.end(head) - head < MAX_CHANGES) return this.#log.append(head, change);
    this.#state.set({
      ...this.#state.get(),
      overflows: overflows + 1,
      reporters: reporters.map((one) => this.#anew(one, one.next)),
    });
  }

  /** Begins to tell a gateway everything, in reports from number `next` on; also one told before. */
  begin(gateway: Uint8Array, next: bigint): void {
    const blank = { gateway, next, begun: 0, members: 0, read: 0, again: false, alone: false };
    const reporter = this.#anew(this.of(gateway) ?? blank, next);
    this.#batches.delete(gateway);
    // One that never heard of this factory knows no part of it.
    this.#save({ ...reporter, again: next > 0n });
  }

  /** Tells a gateway nothing more. */
  forget(gateway: Uint8Array): void {
    const state = this.#state.get();
    const reporters = state.reporters.filter((one) => !equal(one.gateway, gateway));
    this.#batches.delete(gateway);
    this.#state.set({ ...state, reporters });
  }

  /** The reports that a gateway is to get next, the same until they are confirmed; empty if it knows all. */
  batch(gateway: Uint8Array, directory: Related): readonly RelationshipReport[] {
    const reporter = this.of(gateway);
    if (reporter === null) return [];
    let batch = this.#batches.get(gateway) ?? [];
    if (batch.length === 0) {
      batch = this.#fill(reporter, directory);
      if (batch.length > 0) this.#batches.set(gateway, batch);
      this.#trim();
    }
    return this.of(gateway)!.alone ? batch.slice(0, 1) : batch;
  }

  /** True if all that is to be told of is in reports. */
  isTold(gateway: Uint8Array, { size }: Related): boolean {
    const { read, members, begun } = this.of(gateway)!;
    return read >= this.#log.end(this.#state.get().head) && members === 0 && begun >= size;
  }

  /** A gateway was sent the first `count` reports, and now expects number `next`. */
  confirm(gateway: Uint8Array, count: number, next: bigint): void {
    const reporter = this.of(gateway);
    if (reporter === null) return;
    // It took other reports by these numbers: ours come again, by numbers that are new to it.
    const taken = Number(next - reporter.next);
    this.#save({ ...reporter, next });
    if (taken <= count) this.#shorten(reporter, taken);
  }

  /** A gateway refused a report for what it says: the others are sent without it. */
  refuse(gateway: Uint8Array): void {
    const reporter = this.of(gateway);
    if (reporter === null) return;
    if (!reporter.alone) return this.#save({ ...reporter, alone: true });
    const state = this.#state.get();
    this.#state.set({ ...state, refused: state.refused + 1 });
    this.#shorten(reporter, 1);
  }

  #shorten({ gateway }: Reporter, count: number): void {
    const left = (this.#batches.get(gateway) ?? []).slice(count);
    if (left.length > 0) return this.#batches.set(gateway, left);
    this.#batches.delete(gateway);
    this.#save({ ...this.of(gateway)!, alone: false });
  }

  /** Takes changes, then contracts not told of yet, until a batch is full. */
  #fill(reporter: Reporter, directory: Related): RelationshipReport[] {
    let { begun, members, read, again } = reporter;
    const end = this.#log.end(this.#state.get().head);
    const reports: RelationshipReport[] = [];
    const tell = (number: number, what: Pick<RelationshipReport, 'user' | 'before' | 'roles'>) => {
      const { id: contract, name, createdAt: since } = directory.record(number).info;
      reports.push({ contract, name, since, ...what });
    };
    for (let step = 0; step < SLICE && reports.length < MAX_REPORTS; step += 1) {
      if (read < end) {
        const { contract, user, before, roles, at } = this.#log.at(read);
        read += 1;
        if (contract >= begun) continue;
        tell(contract, { user, before, roles });
        reports.push({ ...reports.pop()!, since: at });
      } else if (members > 0) {
        const number = begun - 1;
        const count = Math.min(members, MAX_REPORTS - reports.length);
        // Whoever may be known already is looked for, lest he be listed twice.
        const looked = again || members < directory.record(number).members;
        for (const { user, roles } of directory.holders(number, members, count)) {
          if (roles > 0) tell(number, { user, before: looked ? roles : 0, roles });
        }
        members -= count;
      } else if (begun < directory.size) {
        members = directory.record(begun).members;
        begun += 1;
      } else {
        again = false;
        break;
      }
    }
    this.#save({ ...reporter, begun, members, read, again });
    return reports;
  }

  /** Takes out of the log what all gateways were told. */
  #trim(): void {
    const state = this.#state.get();
    const end = this.#log.end(state.head);
    const needed = Math.min(end, ...state.reporters.map(({ read }) => read));
    const head = Math.min(needed, state.head + SLICE);
    for (let number = state.head; number < head; number += 1) this.#log.delete(number);
    if (head !== state.head) this.#state.set({ ...state, head });
  }

  #anew(reporter: Reporter, next: bigint): Reporter {
    const read = this.#log.end(this.#state.get().head);
    return { ...reporter, next, begun: 0, members: 0, read, again: true, alone: false };
  }

  #save(reporter: Reporter): void {
    const state = this.#state.get();
    const others = state.reporters.filter((one) => !equal(one.gateway, reporter.gateway));
    this.#state.set({ ...state, reporters: [...others, reporter] });
  }
}
