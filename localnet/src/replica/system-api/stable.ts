import { DIRTY_STABLE_PAGE_COST } from '../config/system-call-costs.ts';
import { Trap, trapped } from '../errors/trap.ts';
import { type Execution, unsigned } from '../execution/execution.ts';
import { type SystemCalls, systemCall } from './system-call.ts';

const EVERYWHERE = '* s';
const MAX_32_PAGES = 65_536;

/** Stable memory. The 32-bit calls fail on more than 4 GiB. */
export const stableCalls: SystemCalls = {
  stable_size: systemCall('->i', EVERYWHERE, (x) => {
    expect32(x);
    return x.canister.stable.pages;
  }),
  stable_grow: systemCall('i->i', EVERYWHERE, (x, pages: number) => {
    expect32(x);
    const more = unsigned(pages);
    return x.canister.stable.pages + more > MAX_32_PAGES ? -1 : grow(x, more);
  }),
  stable_read: systemCall('iii->', EVERYWHERE, (x, to: number, from: number, size: number) => {
    expect32(x);
    read(x, unsigned(to), unsigned(from), unsigned(size));
  }),
  stable_write: systemCall('iii->', EVERYWHERE, (x, to: number, from: number, size: number) => {
    expect32(x);
    write(x, unsigned(to), unsigned(from), unsigned(size));
  }),

  stable64_size: systemCall('->l', EVERYWHERE, (x) => BigInt(x.canister.stable.pages)),
  stable64_grow: systemCall('l->l', EVERYWHERE, (x, pages: bigint) =>
    BigInt(grow(x, offset(pages))),
  ),
  stable64_read: systemCall('lll->', EVERYWHERE, (x, to: bigint, from: bigint, size: bigint) => {
    read(x, offset(to), offset(from), offset(size));
  }),
  stable64_write: systemCall('lll->', EVERYWHERE, (x, to: bigint, from: bigint, size: bigint) => {
    write(x, offset(to), offset(from), offset(size));
  }),
};

function grow(x: Execution, pages: number): number {
  const { stable } = x.canister;
  const old = stable.grow(pages);
  if (old === -1 || pages === 0) return old;
  const missing = x.threshold - x.balance;
  if (missing > 0n) {
    throw new Trap(
      'InsufficientCyclesInMemoryGrow',
      `Canister cannot grow memory by ${pages * 65_536} bytes due to insufficient cycles. ` +
        `At least ${missing} additional cycles are required.`,
    );
  }
  return old;
}

function read(x: Execution, to: number, from: number, size: number): void {
  x.charge(size);
  const { stable } = x.canister;
  if (from + size > stable.byteLength) throw trapped('stable memory out of bounds');
  stable.read(from, heap(x, to, size));
}

function write(x: Execution, to: number, from: number, size: number): void {
  x.charge(size);
  const { stable } = x.canister;
  if (to + size > stable.byteLength) throw trapped('stable memory out of bounds');
  const before = stable.dirtyPieces;
  stable.write(to, heap(x, from, size));
  x.charge((stable.dirtyPieces - before) * DIRTY_STABLE_PAGE_COST);
}

function heap(x: Execution, start: number, size: number): Uint8Array {
  const all = x.instance.heap;
  if (start + size > all.length) throw trapped('heap out of bounds');
  return all.subarray(start, start + size);
}

/** An i64 read as unsigned. Those too large for a number are beyond any memory anyway. */
function offset(value: bigint): number {
  return value < 0n ? Number.MAX_SAFE_INTEGER : Number(value);
}

function expect32(x: Execution): void {
  if (x.canister.stable.pages > MAX_32_PAGES) {
    throw trapped('32 bit stable memory api used on a memory larger than 4GB');
  }
}
