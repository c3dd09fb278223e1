import { type Actor, PocketIc, SubnetStateType } from '@hadronous/pic';
import { Principal } from '@dfinity/principal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type RunningServer, startServer } from '../src/server/index.ts';
import {
  type Caller,
  callerIdl,
  compileCaller,
  compileCounter,
  type Counter,
  counterIdl,
} from './fixtures/canisters.ts';

const ALICE = Principal.selfAuthenticating(Uint8Array.of(1));
const COUNTER = compileCounter(1);
const COUNTER_BY_TEN = compileCounter(10);

const printed: string[] = [];
let server: RunningServer;
let pic: PocketIc;

beforeAll(async () => {
  server = await startServer({ print: (line) => printed.push(line) });
});

afterAll(async () => {
  await server.close();
});

beforeEach(async () => {
  pic = await PocketIc.create(server.url);
});

afterEach(async () => {
  await pic.tearDown();
});

describe('calls', () => {
  it('change state by update, and only by update', async () => {
    const { actor } = await setUpCounter();
    expect(await actor.increment()).toBe(1n);
    expect(await actor.increment()).toBe(2n);
    expect(await actor.get()).toBe(2n);
    expect(await actor.get()).toBe(2n);
  });

  it('carry the caller', async () => {
    const { actor } = await setUpCounter();
    expect((await actor.whoami()).isAnonymous()).toBe(true);
    actor.setPrincipal(ALICE);
    expect((await actor.whoami()).toText()).toBe(ALICE.toText());
  });

  it('fail with the text of a trap, and leave no trace', async () => {
    const { actor } = await setUpCounter();
    await expect(actor.trap('deliberate')).rejects.toThrow('deliberate');
    await expect(actor.incrementThenTrap()).rejects.toThrow('after the change');
    expect(await actor.get()).toBe(0n);
  });

  it("fail with the text of the canister's reject", async () => {
    const { actor } = await setUpCounter();
    await expect(actor.reject('not today')).rejects.toThrow('not today');
  });

  it('reach other canisters, whose failures come back as rejects', async () => {
    const { canisterId, actor } = await setUpCounter();
    const { actor: caller } = await pic.setupCanister<Caller>({
      idlFactory: callerIdl,
      wasm: bytes(compileCaller()),
    });
    expect(await caller.incrementTwice(canisterId)).toBe(2n);
    expect(await actor.get()).toBe(2n);
    expect(await caller.attempt(canisterId)).toContain('on purpose');
  });

  it('may be submitted first and awaited later', async () => {
    const { canisterId, actor } = await setUpCounter();
    const deferred = pic.createDeferredActor<Counter>(counterIdl, canisterId);
    const first = await deferred.increment();
    const second = await deferred.increment();
    expect(await second()).toBe(2n);
    expect(await first()).toBe(1n);
    expect(await actor.get()).toBe(2n);
  });

  it('run concurrently sent, each once', async () => {
    const { actor } = await setUpCounter();
    const answers = await Promise.all(Array.from({ length: 20 }, () => actor.increment()));
    expect(answers.map(Number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('are stopped at the instruction limit', async () => {
    const { actor } = await setUpCounter();
    await expect(actor.spin()).rejects.toThrow('exceeded the limit of 5000000000 instructions');
    expect(await actor.increment()).toBe(1n);
  });

  it('may print', async () => {
    const { actor, canisterId } = await setUpCounter();
    await actor.print('hello');
    expect(printed.at(-1)).toContain(`UTC: [Canister ${canisterId.toText()}] hello`);
  });

  it('fail on a canister or method that is not there', async () => {
    const { canisterId } = await setUpCounter();
    const call = { canisterId, method: 'nothing' };
    await expect(pic.updateCall(call)).rejects.toThrow("has no update method 'nothing'");
    await expect(pic.queryCall(call)).rejects.toThrow("has no query method 'nothing'");
    const missing = Principal.fromText('lxzze-o7777-77777-aaaaa-cai');
    await pic.tearDown();
    pic = await PocketIc.create(server.url);
    await expect(pic.queryCall({ canisterId: missing, method: 'get' })).rejects.toThrow(
      'not found',
    );
  });
});

describe('canisters', () => {
  it('keep their stable state over an upgrade, and lose it by reinstallation', async () => {
    const { actor, canisterId } = await setUpCounter();
    await actor.increment();
    await pic.upgradeCanister({ canisterId, wasm: bytes(COUNTER_BY_TEN) });
    expect(await actor.increment()).toBe(11n);
    await pic.reinstallCode({ canisterId, wasm: bytes(COUNTER_BY_TEN) });
    expect(await actor.get()).toBe(0n);
  });

  it('answer only when they run', async () => {
    const { actor, canisterId } = await setUpCounter();
    await pic.stopCanister({ canisterId });
    await expect(actor.increment()).rejects.toThrow('is stopped');
    await pic.startCanister({ canisterId });
    expect(await actor.increment()).toBe(1n);
  });

  it('obey their controllers alone', async () => {
    const canisterId = await pic.createCanister({ sender: ALICE });
    const wasm = bytes(COUNTER);
    await expect(pic.installCode({ canisterId, wasm })).rejects.toThrow('controller');
    await pic.installCode({ canisterId, wasm, sender: ALICE });
    await pic.updateCanisterSettings({
      canisterId,
      controllers: [Principal.anonymous()],
      sender: ALICE,
    });
    await pic.upgradeCanister({ canisterId, wasm });
  });

  it('refuse a module that is not valid', async () => {
    const canisterId = await pic.createCanister();
    const wasm = bytes(COUNTER.slice(0, 1000));
    await expect(pic.installCode({ canisterId, wasm })).rejects.toThrow('Wasm module is not valid');
  });

  it('take the id asked for, on the subnet asked for', async () => {
    const nns = await network({ nns: NEW, application: [NEW] });
    const targetCanisterId = Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai');
    const targetSubnetId = nns.getNnsSubnet()!.id;
    const canisterId = await nns.createCanister({ targetCanisterId, targetSubnetId });
    expect(canisterId.toText()).toBe('rrkah-fqaaa-aaaaa-aaaaq-cai');
    expect((await nns.getCanisterSubnetId(canisterId))?.toText()).toBe(targetSubnetId.toText());
    const other = await nns.createCanister();
    const [application] = nns.getApplicationSubnets();
    expect((await nns.getCanisterSubnetId(other))?.toText()).toBe(application!.id.toText());
    await nns.tearDown();
  });
});

describe('the network', () => {
  it('gives canister ids in PocketIC order', async () => {
    const { canisterId } = await setUpCounter();
    expect(canisterId.toText()).toBe('lxzze-o7777-77777-aaaaa-cai');
    expect((await pic.createCanister()).toText()).toBe('lqy7q-dh777-77777-aaaaq-cai');
  });

  it('keeps its own time, which the client sets', async () => {
    const { actor } = await setUpCounter();
    expect(Math.floor((await pic.getTime()) / 1000)).toBe(1_620_328_630);
    const time = new Date('2026-01-02T03:04:05.678Z');
    await pic.setTime(time);
    await pic.tick();
    expect(Number((await actor.now()) / 1_000_000n)).toBe(time.getTime());
    await pic.advanceTime(60_000);
    await pic.tick(2);
    expect(Number((await actor.now()) / 1_000_000n)).toBe(time.getTime() + 60_000);
  });

  it('fires timers when their time has come', async () => {
    const { actor } = await setUpCounter();
    await actor.callLater(5_000_000_000n);
    await pic.tick(3);
    expect(await actor.get()).toBe(0n);
    await pic.advanceTime(6_000);
    await pic.tick(5);
    expect(await actor.get()).toBe(100n);
  });

  it('keeps cycles', async () => {
    const canisterId = await pic.createCanister({ cycles: 5_000_000_000_000n });
    const before = await pic.getCyclesBalance(canisterId);
    expect(before).toBeLessThanOrEqual(5_000_000_000_000);
    expect(await pic.addCycles(canisterId, 1_000_000)).toBe(before + 1_000_000);
    expect(await pic.getCyclesBalance(canisterId)).toBe(before + 1_000_000);
  });

  it('lets the client read and write stable memory', async () => {
    const { actor, canisterId } = await setUpCounter();
    await actor.store(77n);
    const page = new Uint8Array(await pic.getStableMemory(canisterId));
    expect(page.length % 65_536).toBe(0);
    expect(page[0]).toBe(77);
    const written = new Uint8Array(65_536).fill(1);
    await pic.setStableMemory(canisterId, written.buffer);
    expect(new Uint8Array(await pic.getStableMemory(canisterId)).subarray(0, 65_536)).toEqual(
      written,
    );
    expect(await actor.load()).toBe(0x0101_0101_0101_0101n);
  });

  it('describes its subnets', async () => {
    const all = await network({
      nns: NEW,
      sns: NEW,
      ii: NEW,
      fiduciary: NEW,
      bitcoin: NEW,
      system: [NEW],
      application: [NEW, NEW],
    });
    expect(all.getTopology().map(({ type, size }) => [type, size])).toEqual([
      ['NNS', 40],
      ['SNS', 34],
      ['II', 28],
      ['Fiduciary', 28],
      ['Bitcoin', 13],
      ['System', 13],
      ['Application', 13],
      ['Application', 13],
    ]);
    for (const { id } of all.getTopology()) {
      const key = new Uint8Array(await all.getPubKey(id));
      expect(Principal.selfAuthenticating(key).toText()).toBe(id.toText());
    }
    await all.tearDown();
  });

  it('has no HTTP requests to answer', async () => {
    expect(await pic.getPendingHttpsOutcalls()).toEqual([]);
  });

  it('is one of several, which share nothing', async () => {
    const { actor, canisterId } = await setUpCounter();
    const other = await PocketIc.create(server.url);
    const { actor: twin, canisterId: same } = await other.setupCanister<Counter>({
      idlFactory: counterIdl,
      wasm: bytes(COUNTER),
    });
    expect(same.toText()).toBe(canisterId.toText());
    await actor.increment();
    expect(await twin.get()).toBe(0n);
    await other.tearDown();
  });
});

const NEW = { state: { type: SubnetStateType.New } } as const;

function network(options: Parameters<typeof PocketIc.create>[1]): Promise<PocketIc> {
  return PocketIc.create(server.url, options);
}

async function setUpCounter(): Promise<{ actor: Actor<Counter>; canisterId: Principal }> {
  return await pic.setupCanister<Counter>({ idlFactory: counterIdl, wasm: bytes(COUNTER) });
}

/** The client takes modules as ArrayBuffer. */
function bytes(module: Uint8Array): ArrayBuffer {
  return module.slice().buffer as ArrayBuffer;
}
