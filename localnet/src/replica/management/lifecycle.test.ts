import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';

import { script, step } from '../testing/script.ts';
import {
  bytesOf,
  codeIn,
  counters,
  encodeArgument,
  number,
  OWNER,
  STRANGER,
  TestNetwork,
  text,
} from '../testing/test-network.ts';
import { assemble, puppetModule } from '../testing/wat.ts';

const EMPTY = assemble('(module)');

interface Status {
  readonly status: Record<string, null>;
  readonly version: bigint;
  readonly module_hash: [] | [Uint8Array];
  readonly cycles: bigint;
  readonly settings: { readonly controllers: Principal[]; readonly freezing_threshold: bigint };
  readonly memory_metrics: {
    readonly stable_memory_size: bigint;
    readonly wasm_memory_size: bigint;
  };
}

describe('install_code', () => {
  it('passes the argument to init, and refuses to install over code', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    await net.install(id, undefined, { arg: step.add(5) });
    expect(counters(net.query(id, step.replyCounters()))).toEqual([5, 5]);
    await expect(net.install(id)).rejects.toThrow(/^IC0514/);
  });

  it('that fails leaves an empty canister empty', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    await expect(net.install(id, undefined, { arg: step.trap('no') })).rejects.toThrow(/^IC0503/);
    expect(net.network.canisterFacts(id)).toMatchObject({ moduleHash: null, version: 0n });
    expect(codeIn(net.query(id, step.reply('')))).toBe('CanisterWasmModuleNotFound');
  });

  it('upgrade keeps stable memory and drops the heap', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.call(id, script(step.add(1), step.writeStable('stable--'), step.reply('')));
    await net.install(id, undefined, { mode: { upgrade: [] }, arg: step.add(3) });
    expect(text(net.query(id, step.replyStable()))).toBe('stable--');
    expect(counters(net.query(id, step.replyCounters()))).toEqual([3, 3]);
  });

  it('upgrade runs pre_upgrade on the old code, unless told not to', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const prepare = script(step.onPreUpgrade(step.writeStable('saved---')), step.reply(''));
    await net.call(id, script(step.writeStable('--------'), prepare));
    const skip = [{ skip_pre_upgrade: [true], wasm_memory_persistence: [] }];
    await net.install(id, undefined, { mode: { upgrade: skip } });
    expect(text(net.query(id, step.replyStable()))).toBe('--------');
    await net.call(id, prepare);
    await net.install(id, undefined, { mode: { upgrade: [] } });
    expect(text(net.query(id, step.replyStable()))).toBe('saved---');
  });

  it('upgrade that fails after pre_upgrade restores everything', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const hook = step.onPreUpgrade(
      script(step.add(50), step.growHeap(3), step.writeStable('hook----')),
    );
    await net.call(id, script(step.add(1), step.writeStable('old-----'), hook, step.reply('')));
    const facts = net.network.canisterFacts(id);
    const failing = net.install(id, undefined, { mode: { upgrade: [] }, arg: step.trap('post') });
    await expect(failing).rejects.toThrow(/^IC0503/);
    expect(counters(net.query(id, step.replyCounters()))).toEqual([1, 1]);
    expect(text(net.query(id, step.replyStable()))).toBe('old-----');
    expect(net.network.canisterFacts(id)).toEqual(facts);
  });

  it('upgrade of an empty canister is refused', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    await expect(net.install(id, undefined, { mode: { upgrade: [] } })).rejects.toThrow(/^IC0537/);
  });

  it('reinstall clears everything', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.call(
      id,
      script(step.add(1), step.writeStable('old-----'), step.certify('x'), step.reply('')),
    );
    await net.install(id, undefined, { mode: { reinstall: null } });
    expect(counters(net.query(id, step.replyCounters()))).toEqual([0, 0]);
    expect(codeIn(net.query(id, step.replyStable()))).toBe('CanisterTrapped');
    expect(net.network.canisterFacts(id).certifiedData).toHaveLength(0);
  });

  it('refuses modules that are none, and imports that do not exist', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    await expect(net.install(id, Uint8Array.of(1, 2, 3))).rejects.toThrow(/^IC0505/);
    const unknown = assemble('(module (import "ic0" "make_coffee" (func)))');
    await expect(net.install(id, unknown)).rejects.toThrow(/make_coffee.*not exported/);
    const wrong = assemble('(module (import "ic0" "time" (func (param i32))))');
    await expect(net.install(id, wrong)).rejects.toThrow(/^IC0505.*signature/);
  });

  it('runs the start function, without most of the system API', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    const wat = `(module (import "ic0" "time" (func $time (result i64)))
      (func $start (drop (call $time))) (start $start))`;
    await expect(net.install(id, assemble(wat))).rejects.toThrow(/^IC0504.*start mode/);
  });
});

describe('settings and status', () => {
  it('are for controllers', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const payload = encodeArgument('stop_canister', { canister_id: Principal.fromUint8Array(id) });
    const canisterId = new Uint8Array(0);
    const stop = { sender: STRANGER, canisterId, method: 'stop_canister', payload };
    expect(await net.network.executeIngress(stop)).toMatchObject({
      code: 'CanisterInvalidController',
      errorCode: 'IC0512',
    });
    expect(net.network.canisterFacts(id).status).toBe('running');
  });

  it('update_settings changes only what is given; a black hole stays one', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.configure(id, { freezing_threshold: [7n] });
    const status = (await net.about('canister_status', id)) as Status;
    expect(status.settings.freezing_threshold).toBe(7n);
    expect(status.settings.controllers[0]?.toUint8Array()).toEqual(OWNER);
    await net.configure(id, { controllers: [[]] });
    await expect(net.about('canister_status', id)).rejects.toThrow(/^IC0512/);
  });

  it('refuses more than ten controllers', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const controllers = Array.from({ length: 11 }, (_, n) =>
      Principal.fromUint8Array(Uint8Array.of(n)),
    );
    await expect(net.configure(id, { controllers: [controllers] })).rejects.toThrow(
      /maximum size allowed of 10/,
    );
  });

  it('canister_status tells what there is', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.call(id, script(step.growStable(3n), step.reply('')));
    const status = (await net.about('canister_status', id)) as Status;
    expect(status.status).toEqual({ running: null });
    expect(status.module_hash).toEqual([net.network.canisterFacts(id).moduleHash]);
    expect(status.memory_metrics.stable_memory_size).toBe(3n * 65_536n);
    expect(status.memory_metrics.wasm_memory_size).toBe(65_536n);
  });

  it('the version counts every change', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    const version = (): bigint => net.network.canisterFacts(id).version;
    const seen = [version()];
    await net.install(id);
    seen.push(version());
    await net.call(id, step.reply(''));
    seen.push(version());
    await net.call(id, step.trap(''));
    seen.push(version());
    await net.configure(id, { freezing_threshold: [1n] });
    seen.push(version());
    await net.install(id, undefined, { mode: { upgrade: [] } });
    seen.push(version());
    expect(seen).toEqual([0n, 1n, 2n, 2n, 3n, 4n]);
    expect(number(net.query(id, step.replyVersion()))).toBe(4n);
  });
});

describe('stopping', () => {
  it('waits for open calls, and refuses new ones', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    const fault = net.network.faults.add({ action: { kind: 'hold-answer' } });
    const open = net.call(a, step.call({ to: b, arg: step.reply('done') }));
    net.ticks(1);
    const stopped = net.about('stop_canister', a);
    net.ticks(1);
    expect(net.network.canisterFacts(a).status).toBe('stopping');
    expect(codeIn(await net.call(a, step.reply('')))).toBe('CanisterStopping');
    fault.release();
    expect(text(await open)).toBe('done');
    await stopped;
    expect(net.network.canisterFacts(a).status).toBe('stopped');
    expect(codeIn(await net.call(a, step.reply('')))).toBe('CanisterStopped');
    expect(codeIn(net.query(a, step.reply('')))).toBe('CanisterStopped');
  });

  it('gives up after five minutes, and can be cancelled', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    net.network.faults.add({ action: { kind: 'hold-answer' } });
    void net.call(a, step.call({ to: b, arg: step.reply('') })).catch(() => null);
    net.ticks(1);
    const late = net.about('stop_canister', a).catch(String);
    net.network.setTime(net.network.now + 301_000_000_000n);
    expect(await late).toMatch(/IC0206/);
    const cancelled = net.about('stop_canister', a).catch(String);
    await net.about('start_canister', a);
    expect(await cancelled).toMatch(/IC0511/);
    expect(net.network.canisterFacts(a).status).toBe('running');
    net.network.faults.clear();
  });

  it('comes before deleting', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await expect(net.about('delete_canister', id)).rejects.toThrow(/^IC0510/);
    await net.about('stop_canister', id);
    await net.about('delete_canister', id);
    expect(net.network.canisterExists(id)).toBe(false);
    expect(codeIn(await net.call(id, step.reply('')))).toBe('CanisterNotFound');
    expect(await net.create()).not.toEqual(id);
  });
});

describe('uninstall_code', () => {
  it('rejects the calls being served, and ignores their answers', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    const fault = net.network.faults.add({ action: { kind: 'hold-answer' } });
    const open = net.call(a, step.call({ to: b, arg: step.reply('') }));
    net.ticks(1);
    await net.about('uninstall_code', a);
    expect(codeIn(await open)).toBe('CanisterRejectedMessage');
    fault.release();
    net.ticks(2);
    await net.install(a);
    expect(counters(net.query(a, step.replyCounters()))).toEqual([0, 0]);
  });
});

describe('the management canister', () => {
  it('names what it does not have', async () => {
    const net = new TestNetwork();
    const ask = (method: string): Promise<unknown> =>
      net.network.executeIngress({
        sender: OWNER,
        canisterId: new Uint8Array(0),
        method,
        payload: EMPTY,
      });
    expect(await ask('make_coffee')).toMatchObject({ errorCode: 'IC0536' });
    expect(await ask('sign_with_ecdsa')).toMatchObject({
      errorCode: 'IC0407',
      description: expect.stringContaining("'sign_with_ecdsa' is not implemented"),
    });
    expect(await ask('install_code')).toMatchObject({ errorCode: 'IC0408' });
    expect(await ask('raw_rand')).toMatchObject({ errorCode: 'IC0408' });
  });

  it('creates canisters for canisters, out of the attached cycles', async () => {
    const net = new TestNetwork();
    const a = await net.puppet();
    const arg = encodeArgument('create_canister', { settings: [], sender_canister_version: [] });
    const create = (cycles: bigint): Promise<Uint8Array> =>
      net.reply(a, step.call({ to: new Uint8Array(0), method: 'create_canister', cycles, arg }));
    const id = (await create(2_000_000_000_000n)).slice(-10);
    expect(net.network.cyclesBalance(id)).toBe(1_500_000_000_000n);
    expect(net.network.canisterFacts(id).controllers).toEqual([a]);
    expect(new TextDecoder().decode(await create(1n))).toContain('IC0403: ');
  });

  it('gives randomness in the next round, the same for the same seed', async () => {
    const draw = async (): Promise<Uint8Array> => {
      const net = new TestNetwork();
      const a = await net.puppet();
      const arg = encodeArgument('raw_rand', undefined);
      return net.reply(a, step.call({ to: new Uint8Array(0), method: 'raw_rand', arg }));
    };
    const first = await draw();
    expect(first.slice(-33, -32)[0]).toBe(32);
    expect(await draw()).toEqual(first);
  });

  it('creates a canister with a chosen id outside the allocation ranges only', async () => {
    const net = new TestNetwork({ subnets: [{ kind: 'NNS' }, { kind: 'Application' }] });
    const ledger = Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai');
    const id = await net.create(1n, {}, { specified_id: [ledger] });
    expect(id).toEqual(ledger.toUint8Array());
    expect(net.network.subnetOf(id)?.kind).toBe('NNS');
    await expect(net.create(1n, {}, { specified_id: [ledger] })).rejects.toThrow(/^IC0205/);
    const own = await net.create();
    const taken = [Principal.fromUint8Array(own)];
    await expect(net.create(1n, {}, { specified_id: taken })).rejects.toThrow(/^IC0408/);
  });

  it('answers canister_status as a query', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const payload = encodeArgument('canister_status', {
      canister_id: Principal.fromUint8Array(id),
    });
    const canisterId = new Uint8Array(0);
    const query = { sender: OWNER, canisterId, method: 'canister_status', payload };
    expect(bytesOf(net.network.query(query)).length).toBeGreaterThan(100);
    expect(codeIn(net.network.query({ ...query, sender: STRANGER }))).toBe(
      'CanisterInvalidController',
    );
  });

  it('keeps what canisters print, for those who may read it', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const heard: string[] = [];
    net.network.setPrint((_, line) => heard.push(new TextDecoder().decode(line)));
    await net.call(id, script(step.print('hello'), step.reply('')));
    expect(heard).toEqual(['hello']);
    const payload = encodeArgument('fetch_canister_logs', {
      canister_id: Principal.fromUint8Array(id),
    });
    const canisterId = new Uint8Array(0);
    const query = { sender: OWNER, canisterId, method: 'fetch_canister_logs', payload };
    expect(new TextDecoder().decode(bytesOf(net.network.query(query)))).toContain('hello');
  });
});

describe('chunks', () => {
  const CHUNK = 700;
  const parts = (wasm: Uint8Array): Uint8Array[] =>
    Array.from({ length: Math.ceil(wasm.length / CHUNK) }, (_, n) =>
      wasm.slice(n * CHUNK, (n + 1) * CHUNK),
    );

  it('make a module again, also out of another canister’s store', async () => {
    const net = new TestNetwork();
    const [store, target] = [await net.puppet(), await net.create()];
    const chunk_hashes_list: unknown[] = [];
    for (const chunk of parts(puppetModule())) {
      chunk_hashes_list.push(await net.about('upload_chunk', store, { chunk }));
    }
    const wasm_module_hash = net.network.canisterFacts(store).moduleHash!;
    const argument = {
      mode: { install: null },
      target_canister: Principal.fromUint8Array(target),
      store_canister: [Principal.fromUint8Array(store)],
      chunk_hashes_list,
      wasm_module_hash,
      arg: step.add(2),
      sender_canister_version: [],
    };
    const wrong = { ...argument, wasm_module_hash: new Uint8Array(32) };
    await expect(net.manage('install_chunked_code', wrong)).rejects.toThrow(
      /^IC0504.*does not match/,
    );
    const missing = { ...argument, chunk_hashes_list: [{ hash: new Uint8Array(32) }] };
    await expect(net.manage('install_chunked_code', missing)).rejects.toThrow(
      /^IC0504.*was not found/,
    );
    await net.manage('install_chunked_code', argument);
    expect(net.network.canisterFacts(target).moduleHash).toEqual(wasm_module_hash);
    expect(counters(net.query(target, step.replyCounters()))).toEqual([2, 2]);
  });

  it('are listed, counted once, bounded and cleared', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    const chunk = Uint8Array.of(1, 2, 3);
    await net.about('upload_chunk', id, { chunk });
    await net.about('upload_chunk', id, { chunk });
    expect(await net.about('stored_chunks', id)).toHaveLength(1);
    const large = { chunk: new Uint8Array(1_048_577) };
    await expect(net.about('upload_chunk', id, large)).rejects.toThrow(
      /exceeds the maximum chunk size/,
    );
    await net.about('clear_chunk_store', id);
    expect(await net.about('stored_chunks', id)).toHaveLength(0);
  });
});

describe('snapshots', () => {
  it('bring back heap, globals, stable memory and certified data', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.call(
      id,
      script(step.add(4), step.writeStable('then----'), step.certify('c'), step.reply('')),
    );
    const snapshot = (await net.about('take_canister_snapshot', id, {
      replace_snapshot: [],
      uninstall_code: [],
    })) as { id: Uint8Array };
    await net.call(
      id,
      script(step.add(9), step.writeStable('now-----'), step.growHeap(2), step.reply('')),
    );
    expect(await net.about('list_canister_snapshots', id)).toHaveLength(1);
    await net.about('load_canister_snapshot', id, { snapshot_id: snapshot.id });
    expect(counters(net.query(id, step.replyCounters()))).toEqual([4, 4]);
    expect(text(net.query(id, step.replyStable()))).toBe('then----');
    expect(net.network.canisterFacts(id).certifiedData).toEqual(new TextEncoder().encode('c'));
    expect(counters(await net.call(id, script(step.add(1), step.replyCounters())))).toEqual([5, 5]);
    await net.about('load_canister_snapshot', id, { snapshot_id: snapshot.id });
    expect(counters(net.query(id, step.replyCounters()))).toEqual([4, 4]);
    await net.about('delete_canister_snapshot', id, { snapshot_id: snapshot.id });
    const gone = net.about('load_canister_snapshot', id, { snapshot_id: snapshot.id });
    await expect(gone).rejects.toThrow(/^IC0305/);
  });

  it('need code, and are ten at most', async () => {
    const net = new TestNetwork();
    const empty = await net.create();
    const take = (id: Uint8Array): Promise<unknown> =>
      net.about('take_canister_snapshot', id, { replace_snapshot: [], uninstall_code: [] });
    await expect(take(empty)).rejects.toThrow(/^IC0406/);
    const id = await net.puppet();
    for (let n = 0; n < 10; n += 1) await take(id);
    await expect(take(id)).rejects.toThrow(/^IC0406/);
  });
});
