import { describe, expect, it } from 'vitest';

import { prepareModule } from '../../wasm/index.ts';
import { assemble } from '../testing/wat.ts';
import { Heap, HeapPool } from './heap.ts';

const MODULE = prepareModule(
  assemble(`(module
    (memory (export "memory") 2)
    (global $g (mut i64) (i64.const 1))
    (data (i32.const 0) "data")
    (func (export "canister_update change")
      (i32.store (i32.const 70000) (i32.const 77))
      (global.set $g (i64.const 5)))
    (func (export "canister_update grow") (drop (memory.grow (i32.const 1)))))`),
);

const TRANSIENT = prepareModule(
  assemble(`(module
    (memory (export "memory") 1)
    (table $t 1 1 funcref)
    (elem declare func $f)
    (func $f)
    (func (export "canister_update write") (table.set $t (i32.const 0) (ref.func $f)))
    (func (export "canister_update read")
      (i32.store8 (i32.const 0) (ref.is_null (table.get $t (i32.const 0))))))`),
);

function pool(maxLive: number): HeapPool {
  return new HeapPool(() => ({}), maxLive);
}

function run(heap: Heap, method: string): void {
  const instance = heap.instance();
  instance.fuel = 1_000_000n;
  instance.function(`canister_update ${method}`)!();
}

describe('a heap', () => {
  it('does not carry table entries from one message to the next, idle or not', () => {
    const heap = Heap.fresh(pool(2), TRANSIENT);
    for (const end of ['commit', 'rollback'] as const) {
      heap.begin();
      run(heap, 'write');
      heap[end]();
      heap.begin();
      run(heap, 'read');
      heap.commit();
      expect(heap.image().bytes[0]).toBe(1);
    }
    expect(MODULE.transient).toBe(false);
  });

  it('packed twice gives the same pieces where nothing changed', () => {
    const heap = Heap.fresh(pool(2), MODULE);
    const first = heap.packed();
    heap.begin();
    run(heap, 'change');
    heap.commit();
    const second = heap.packed();
    const changed = second.pieces.flatMap((piece, index) =>
      piece === first.pieces[index] ? [] : [index],
    );
    expect(changed).toEqual([17]);
  });

  it('that was packed away comes back as it was', () => {
    const heaps = pool(1);
    const first = Heap.fresh(heaps, MODULE);
    first.begin();
    run(first, 'change');
    run(first, 'grow');
    first.commit();
    const before = first.image();
    const second = Heap.fresh(heaps, MODULE);
    expect(second.pages).toBe(2);
    const after = first.image();
    expect(Buffer.compare(after.bytes, before.bytes)).toBe(0);
    expect(after.globals).toEqual([5n]);
    expect(first.instance().pages).toBe(3);
  });

  it('rolls back again and again, also after growing', () => {
    const heaps = pool(2);
    const heap = Heap.fresh(heaps, MODULE);
    const other = Heap.fresh(heaps, MODULE);
    const before = heap.image();
    for (const method of ['change', 'grow', 'change', 'grow']) {
      heap.begin();
      run(heap, method);
      heap.rollback();
      other.begin();
      run(other, 'change');
      other.rollback();
      expect(heap.instance().pages).toBe(2);
      expect(Buffer.compare(heap.image().bytes, before.bytes)).toBe(0);
      expect(heap.image().globals).toEqual([1n]);
    }
  });
});
