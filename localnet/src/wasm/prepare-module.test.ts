import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { assemble, type Plan } from './fixtures/assemble.ts';
import { load } from './fixtures/run.ts';
import { LIMITS } from './limits.ts';
import { ModuleCache } from './module-cache.ts';
import { ModuleRefused } from './module-refused.ts';
import { prepareModule } from './prepare-module.ts';

const CONST = (value: number): number[] => [0x41, value];
const EMPTY = { body: [] };

describe('what a canister offers', () => {
  it('lists methods by kind, entry points and imports', () => {
    const prepared = prepare({
      imports: [
        { module: 'ic0', name: 'msg_reply' },
        { module: 'ic0', name: 'trap', params: ['i32', 'i32'] },
      ],
      functions: [
        { name: 'canister_update add', ...EMPTY },
        { name: 'canister_query two words', ...EMPTY },
        { name: 'canister_composite_query all', ...EMPTY },
        { name: 'canister_init', ...EMPTY },
        { name: 'canister_heartbeat', ...EMPTY },
        { name: 'helper', ...EMPTY },
      ],
    });
    expect([...prepared.methods]).toEqual([
      ['add', 'update'],
      ['two words', 'query'],
      ['all', 'composite_query'],
    ]);
    expect([...prepared.entryPoints]).toEqual(['canister_init', 'canister_heartbeat']);
    expect(prepared.imports.map(({ name, signature }) => [name, signature?.params])).toEqual([
      ['msg_reply', []],
      ['trap', ['i32', 'i32']],
    ]);
  });

  it('reads metadata and its visibility', () => {
    const { metadata } = prepare({
      customs: [
        { name: 'icp:public candid:service', content: [1, 2] },
        { name: 'icp:private ', content: [] },
        { name: 'producers', content: [9] },
      ],
    });
    expect([...metadata]).toEqual([
      ['candid:service', { visibility: 'public', content: Uint8Array.of(1, 2) }],
      ['', { visibility: 'private', content: new Uint8Array() }],
    ]);
  });

  it('hashes the bytes as sent, and accepts them gzipped', () => {
    const raw = assemble({ functions: [{ name: 'canister_query q', ...EMPTY }] });
    const sent = gzipSync(raw);
    const prepared = prepareModule(sent);
    expect(prepared.hash).toEqual(new Uint8Array(createHash('sha256').update(sent).digest()));
    expect(prepared.bytes).toEqual(prepareModule(raw).bytes);
  });

  it('counts instructions as the replica does after instrumentation', () => {
    // body: nop, end; entry charge with its check: 10. Globals: 3 of the replica, 2 each.
    expect(prepare({ functions: [{ body: [0x01] }] }).instructionCount).toBe(2 + 10 + 6);
  });
});

describe('state is exported', () => {
  it('under names of its own where the module has none', () => {
    const { prepared, instance } = load({
      memory: 1,
      table: [0],
      globals: [
        { type: 'i64', mutable: true, init: [0x42, 5] },
        { type: 'i32', mutable: false, init: CONST(1) },
        { type: 'f64', mutable: true, init: [0x44, 0, 0, 0, 0, 0, 0, 0, 0] },
      ],
      functions: [EMPTY],
    });
    const { memory, table, mutableGlobals } = prepared.names;
    expect(instance.exports[memory!]).toBeInstanceOf(WebAssembly.Memory);
    expect(instance.exports[table!]).toBeInstanceOf(WebAssembly.Table);
    expect(
      mutableGlobals.map((name) => (instance.exports[name] as WebAssembly.Global).value),
    ).toEqual([5n, 0]);
  });

  it('under the names the module gives, and never under a name it uses otherwise', () => {
    const { names } = prepare({
      memory: 1,
      globals: [{ type: 'i32', mutable: true, init: CONST(0) }],
      functions: [{ name: '__persistent_mutable_global_0', ...EMPTY }],
      exports: [{ name: 'mem', kind: 2, index: 0 }],
    });
    expect(names).toMatchObject({
      memory: 'mem',
      table: null,
      mutableGlobals: ['__persistent_mutable_global_0_'],
    });
  });

  it('runs the start function only when it is called', () => {
    const { prepared, instance, call } = load({
      globals: [{ type: 'i32', mutable: true, init: CONST(0) }],
      functions: [{ body: [...CONST(7), 0x24, 0] }],
      start: 0,
    });
    const global = instance.exports[prepared.names.mutableGlobals[0]!] as WebAssembly.Global;
    expect(global.value).toBe(0);
    expect(call(prepared.names.start!).cost).toBe(4n);
    expect(global.value).toBe(7);
  });
});

describe('refused modules', () => {
  it.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['text', () => new TextEncoder().encode('hello, world')],
    ['a broken gzip stream', () => gzipSync(new Uint8Array(1000)).subarray(0, 20)],
    ['a gzip bomb', () => gzipSync(new Uint8Array(LIMITS.moduleBytes + 1))],
    ['a truncated module', () => assemble({ functions: [EMPTY] }).subarray(0, 20)],
    ['a body that does not type-check', () => assemble({ functions: [{ body: [0x6a] }] })],
    [
      'clashing methods',
      () => assemble({ functions: [named('canister_query x'), named('canister_update x')] }),
    ],
    ['an unknown name of the system', () => assemble({ functions: [named('canister_inti')] })],
    ['a reserved name', () => assemble({ functions: [named('canister_start')] })],
    [
      'an entry point with parameters',
      () => assemble({ functions: [{ ...named('canister_init'), params: ['i32'] }] }),
    ],
    [
      'too many functions',
      () => assemble({ functions: new Array<typeof EMPTY>(50_001).fill(EMPTY) }),
    ],
    [
      'too many globals',
      () =>
        assemble({ globals: many(1001, () => ({ type: 'i32', mutable: false, init: CONST(0) })) }),
    ],
    [
      'too many methods',
      () => assemble({ functions: many(1001, (i) => named(`canister_query m${i}`)) }),
    ],
    [
      'too many metadata sections',
      () => assemble({ customs: many(17, (i) => ({ name: `icp:public ${i}`, content: [] })) }),
    ],
    [
      'too much metadata',
      () => assemble({ customs: [{ name: 'icp:public x', content: many(1_048_577, () => 0) }] }),
    ],
    ['metadata without visibility', () => assemble({ customs: [{ name: 'icp:x', content: [] }] })],
    [
      'a function that is too long',
      () => assemble({ functions: [{ body: many(1_000_001, () => 1) }] }),
    ],
    [
      'data outside the memory',
      () => assemble({ memory: 1, data: [{ offset: [0x41, 0xff, 0xff, 3], bytes: [1, 2] }] }),
    ],
    [
      'a global of vectors',
      () =>
        assemble({
          globals: [{ type: 'v128', mutable: true, init: [0xfd, 12, ...many(16, () => 0)] }],
        }),
    ],
    ['threads', () => assemble({ memory: 1, functions: [{ body: [0xfe, 3, 0] }] })],
    ['exceptions', () => assemble({ functions: [{ body: [0x06, 0x40, 0x19, 0x0b] }] })],
  ])('%s', (_, module) => {
    expect(() => prepareModule(module())).toThrow(ModuleRefused);
  });

  it('with a 64-bit memory are refused by name where Node cannot run them', () => {
    const module = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 4, 1);
    if (WebAssembly.validate(module)) expect(prepareModule(module).memory64).toBe(true);
    else expect(() => prepareModule(module)).toThrow('64-bit memory');
  });

  it('are refused with the code of the replica', () => {
    expect(() => prepareModule(new Uint8Array())).toThrow(
      expect.objectContaining({ code: 'IC0505' }),
    );
  });
});

describe('ModuleCache', () => {
  it('prepares a module once, and drops the least recently used', () => {
    const cache = new ModuleCache(2);
    const [a, b, c] = [1, 2, 3].map((memory) => assemble({ memory }));
    const first = cache.prepare(a!);
    cache.prepare(b!);
    expect(cache.prepare(a!.slice())).toBe(first);
    cache.prepare(c!);
    expect(cache.size).toBe(2);
    expect(cache.prepare(a!)).toBe(first);
  });
});

function prepare(plan: Plan) {
  return prepareModule(assemble(plan));
}

function named(name: string) {
  return { name, body: [] };
}

function many<T>(length: number, item: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => item(index));
}
