import { PocketIc } from '@hadronous/pic';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  addFault,
  clearExecutions,
  clearFaults,
  executions,
  faults,
  instanceIdOf,
  releaseFault,
} from '../src/index.ts';
import { type RunningServer, startServer } from '../src/server/index.ts';
import {
  type Caller,
  callerIdl,
  compileCaller,
  compileCounter,
  type Counter,
  counterIdl,
} from './fixtures/canisters.ts';

const COUNTER = compileCounter(1);
const CALLER = compileCaller();

let server: RunningServer;
let pic: PocketIc;
let id: number;

beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server.close();
});

beforeEach(async () => {
  pic = await PocketIc.create(server.url);
  id = instanceIdOf(pic);
});

afterEach(async () => {
  await pic.tearDown();
});

describe('the execution log', () => {
  it('tells what each message cost, from a mark on', async () => {
    const { actor, canisterId } = await setUpCounter();
    const { next } = await executions(server.url, id);
    await actor.increment();
    await actor.get();
    const log = await executions(server.url, id, { since: next });
    expect(log.executions).toMatchObject([
      { number: next, kind: 'update', method: 'increment', trap: null },
      { number: next + 1, kind: 'query', method: 'get', cycles: 0n, trap: null },
    ]);
    expect(log.next).toBe(next + 2);
    const [update] = log.executions;
    expect(update!.canister).toBe(canisterId.toText());
    expect(update!.instructions).toBeGreaterThan(100);
    expect(update!.cycles).toBeGreaterThan(5_000_000n);
  });

  it('can be read by canister', async () => {
    const { actor, canisterId } = await setUpCounter();
    const other = await setUpCounter();
    await actor.increment();
    await other.actor.get();
    const log = await executions(server.url, id, { canister: canisterId });
    expect(new Set(log.executions.map(({ canister }) => canister))).toEqual(
      new Set([canisterId.toText()]),
    );
  });

  it('names how a message trapped', async () => {
    const { actor } = await setUpCounter();
    await expect(actor.trap('x')).rejects.toThrow();
    const log = await executions(server.url, id);
    expect(log.executions.at(-1)).toMatchObject({ method: 'trap', trap: 'CanisterCalledTrap' });
  });

  it('forgets on request, and counts on', async () => {
    const { actor } = await setUpCounter();
    const { next } = await executions(server.url, id);
    await clearExecutions(server.url, id);
    await actor.get();
    const log = await executions(server.url, id);
    expect(log.executions.map(({ number }) => number)).toEqual([next]);
  });
});

describe('faults', () => {
  it('reject a call between canisters, as often as said', async () => {
    const { caller, counter } = await setUpPair();
    await addFault(server.url, id, {
      to: counter.canisterId,
      method: 'increment',
      skip: 1,
      action: { kind: 'reject', code: 2, message: 'queue full' },
    });
    await expect(caller.incrementTwice(counter.canisterId)).rejects.toThrow('queue full');
    expect(await counter.actor.get()).toBe(1n);
    expect(await faults(server.url, id)).toMatchObject([{ matched: 2, hits: 1 }]);
    expect(await caller.incrementTwice(counter.canisterId)).toBe(3n);
  });

  it('lose the answer of a call that was executed', async () => {
    const { caller, counter } = await setUpPair();
    await addFault(server.url, id, { times: 'all', action: { kind: 'lose-answer' } });
    await expect(caller.incrementTwice(counter.canisterId)).rejects.toThrow();
    expect(await counter.actor.get()).toBe(1n);
    await clearFaults(server.url, id);
    expect(await faults(server.url, id)).toEqual([]);
    expect(await caller.incrementTwice(counter.canisterId)).toBe(3n);
  });

  it.each(['release', 'clear'])('hold an answer until they are told to %s', async (how) => {
    const { counter, callerId } = await setUpPair();
    const deferred = pic.createDeferredActor<Caller>(callerIdl, callerId);
    const fault = await addFault(server.url, id, { action: { kind: 'hold-answer' } });
    const answer = await deferred.incrementTwice(counter.canisterId);
    await pic.tick(5);
    expect(await counter.actor.get()).toBe(1n);
    if (how === 'release') await releaseFault(server.url, id, fault.id);
    else await clearFaults(server.url, id);
    expect(await answer()).toBe(2n);
  });

  it.each([
    [{ action: { kind: 'explode' } }, 'explode'],
    [{ action: { kind: 'reject', code: 9, message: '' } }, 'Reject codes'],
    [{ action: { kind: 'hold-answer' }, to: 'nobody' }, 'principal'],
    [{}, 'action'],
  ])('refuse what makes no sense: %j', async (rule, why) => {
    const response = await fetch(`${server.url}/instances/${id}/_/faults`, {
      method: 'POST',
      body: JSON.stringify(rule),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(why);
  });
});

it('an id cannot be read from what is not a client', () => {
  expect(() => instanceIdOf({})).toThrow('id of its instance');
});

async function setUpCounter() {
  return await pic.setupCanister<Counter>({ idlFactory: counterIdl, wasm: bytes(COUNTER) });
}

async function setUpPair() {
  const counter = await setUpCounter();
  const { actor: caller, canisterId: callerId } = await pic.setupCanister<Caller>({
    idlFactory: callerIdl,
    wasm: bytes(CALLER),
  });
  return { caller, callerId, counter };
}

/** The client takes modules as ArrayBuffer. */
function bytes(module: Uint8Array): ArrayBuffer {
  return module.slice().buffer as ArrayBuffer;
}
