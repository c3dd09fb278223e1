import { describe, expect, it } from 'vitest';

import { LIMITS } from '../config/limits.ts';
import { script, step } from '../testing/script.ts';
import { assemble } from '../testing/wat.ts';
import { bytesOf, codeIn, counters, number, TestNetwork, text } from '../testing/test-network.ts';

const SECOND = 1_000_000_000n;

async function pair(): Promise<{ net: TestNetwork; a: Uint8Array; b: Uint8Array }> {
  const net = new TestNetwork();
  return { net, a: await net.puppet(), b: await net.puppet() };
}

describe('a call between canisters', () => {
  it('brings the reply to the reply callback, in the same round', async () => {
    const { net, a, b } = await pair();
    const before = net.network.executions.list().length;
    expect(text(await net.call(a, step.call({ to: b, arg: step.reply('pong') })))).toBe('pong');
    const rounds = net.network.executions.list().slice(before);
    const executed = rounds.filter(({ kind }) => kind !== 'inspect');
    expect(executed.map(({ kind }) => kind)).toEqual(['update', 'update', 'reply']);
    expect(new Set(executed.map(({ round }) => round)).size).toBe(1);
  });

  it('brings rejections with their code: 4 for reject, 5 and its number for a trap', async () => {
    const { net, a, b } = await pair();
    const ask = async (arg: Uint8Array): Promise<string> =>
      text(await net.call(a, step.call({ to: b, arg })));
    expect(await ask(step.reject('no'))).toBe('4 no');
    expect(await ask(step.trap('boom'))).toMatch(/^5 IC0503: Error from Canister/);
    expect(await ask(step.add(1))).toMatch(/^5 IC0506: /);
  });

  it('to a canister that does not exist is rejected with code 3', async () => {
    const { net, a } = await pair();
    const nobody = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xef, 0xff, 0xff, 1, 1);
    expect(text(await net.call(a, step.call({ to: nobody })))).toMatch(/^3 IC0301: /);
  });

  it('keeps the caller across an await, and tells the callee who calls', async () => {
    const { net, a, b } = await pair();
    const caller = Uint8Array.of(7, 7, 7);
    const steps = step.call({ to: b, arg: step.reply(''), onReply: step.replyCaller() });
    expect(bytesOf(await net.call(a, steps, caller))).toEqual(caller);
    expect(await net.reply(a, step.call({ to: b, arg: step.replyCaller() }))).toEqual(a);
  });

  it('commits what was done before it, whatever happens after', async () => {
    const { net, a, b } = await pair();
    const steps = script(
      step.add(1),
      step.call({ to: b, arg: step.reply(''), onReply: script(step.add(10), step.trap('late')) }),
    );
    expect(codeIn(await net.call(a, steps))).toBe('CanisterCalledTrap');
    expect(counters(net.query(a, step.replyCounters()))).toEqual([1, 1]);
  });

  it('whose callback traps runs its cleanup, and keeps what that does', async () => {
    const { net, a, b } = await pair();
    const steps = step.call({
      to: b,
      arg: step.reply(''),
      onReply: script(step.add(10), step.trap('late')),
      onCleanup: step.add(100),
    });
    expect(codeIn(await net.call(a, steps))).toBe('CanisterCalledTrap');
    expect(counters(net.query(a, step.replyCounters()))).toEqual([100, 100]);
  });

  it('whose callback and cleanup trap tells both', async () => {
    const { net, a, b } = await pair();
    const steps = step.call({
      to: b,
      arg: step.reply(''),
      onReply: step.trap('first'),
      onCleanup: script(step.add(1), step.trap('second')),
    });
    const result = await net.call(a, steps);
    expect(result).toHaveProperty(
      'description',
      expect.stringMatching(/first[^]*call_on_cleanup also failed:[^]*second/),
    );
    expect(counters(net.query(a, step.replyCounters()))).toEqual([0, 0]);
  });

  it('is not sent when the message that made it traps', async () => {
    const { net, a, b } = await pair();
    await net.call(a, script(step.call({ to: b, arg: step.add(1) }), step.trap('x')));
    net.ticks(2);
    expect(counters(net.query(b, step.replyCounters()))).toEqual([0, 0]);
  });

  it('may be one of several: the first answer counts, all callbacks run', async () => {
    const { net, a, b } = await pair();
    const ask = (onReply: Uint8Array): Uint8Array =>
      step.call({ to: b, arg: step.reply(''), onReply });
    const steps = script(
      ask(script(step.add(1), step.reply('one'))),
      ask(step.add(2)),
      ask(step.add(4)),
    );
    expect(text(await net.call(a, steps))).toBe('one');
    expect(counters(net.query(a, step.replyCounters()))).toEqual([7, 7]);
  });

  it('arrives in the order it was made', async () => {
    const { net, a, b } = await pair();
    const letters = ['a-------', 'b-------', 'c-------'];
    const calls = letters.map((letter) =>
      step.call({
        to: b,
        arg: script(step.writeStable(letter), step.reply('')),
        onReply: step.add(1),
      }),
    );
    await net.call(a, script(...calls, step.reply('')));
    net.ticks(1);
    expect(text(net.query(b, step.replyStable()))).toBe('c-------');
  });

  it('can go to itself', async () => {
    const { net, a } = await pair();
    const steps = script(step.add(1), step.call({ to: a, arg: step.replyCounters() }));
    expect(counters(await net.call(a, steps))).toEqual([1, 1]);
  });

  it('counts instructions of the whole call in performance_counter(1)', async () => {
    const { net, a, b } = await pair();
    const after = (onReply: Uint8Array): Promise<Uint8Array> =>
      net.reply(a, step.call({ to: b, arg: step.reply(''), onReply }));
    const message = new DataView((await after(step.replyInstructions())).buffer).getBigUint64(
      0,
      true,
    );
    const call = new DataView((await after(step.replyCallInstructions())).buffer).getBigUint64(
      0,
      true,
    );
    expect(call).toBeGreaterThan(message);
  });

  it('is refused when 500 to the same canister have no answer yet', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(10n ** 18n), await net.puppet()];
    const one = step.call({ to: b, arg: step.reply(''), onReply: step.add(1) });
    const many = script(...Array.from({ length: LIMITS.queueLength + 1 }, () => one));
    const result = await net.call(a, many);
    expect(new DataView(bytesOf(result).buffer).getUint32(0, true)).toBe(2);
    net.ticks(1);
    expect(counters(net.query(a, step.replyCounters()))[0]).toBe(LIMITS.queueLength);
  });

  it('to another subnet is answered in later rounds', async () => {
    const net = new TestNetwork({ subnets: [{ kind: 'Application' }, { kind: 'System' }] });
    const [system, application] = net.network.topology;
    expect([system?.kind, application?.kind]).toEqual(['System', 'Application']);
    const a = await net.puppet();
    const reply = await net.network.executeIngress({
      sender: Uint8Array.of(1, 2, 3, 4),
      canisterId: new Uint8Array(0),
      method: 'provisional_create_canister_with_cycles',
      payload: Uint8Array.from([0x44, 0x49, 0x44, 0x4c, 1, 0x6c, 0, 1, 0]),
      effective: { kind: 'subnet', id: system!.id },
    });
    const b = bytesOf(reply).slice(-10);
    await net.install(b);
    expect(net.network.subnetOf(b)?.kind).toBe('System');
    const start = net.network.executions.list().length;
    expect(text(await net.call(a, step.call({ to: b, arg: step.reply('far') })))).toBe('far');
    const rounds = net.network.executions
      .list()
      .slice(start)
      .map(({ round }) => round);
    expect(rounds.at(-1)! - rounds[1]!).toBe(2);
  });
});

describe('a best-effort call', () => {
  it('gives up at its deadline, and ignores the late answer', async () => {
    const { net, a, b } = await pair();
    const fault = net.network.faults.add({ action: { kind: 'hold-answer' } });
    const answer = net.call(a, step.call({ to: b, arg: step.reply('late'), timeout: 10 }));
    net.ticks(2);
    net.network.setTime(net.network.now + 11n * SECOND);
    expect(text(await answer)).toMatch(/^6 IC0601: /);
    fault.release();
    net.ticks(2);
    expect(text(await net.call(a, step.reply('alive')))).toBe('alive');
  });

  it('that is answered in time is like any other', async () => {
    const { net, a, b } = await pair();
    const steps = step.call({ to: b, arg: step.reply('soon'), timeout: 10 });
    expect(text(await net.call(a, steps))).toBe('soon');
  });
});

describe('timers and heartbeats', () => {
  it('fires once when its time has come, and can call', async () => {
    const { net, a, b } = await pair();
    const due = net.network.now + 5n * SECOND;
    const call = step.call({
      to: b,
      arg: script(step.add(1), step.reply('')),
      onReply: step.add(10),
    });
    await net.call(
      a,
      script(step.onTimer(script(step.add(1), call)), step.setTimer(due), step.reply('')),
    );
    net.ticks(3);
    expect(counters(net.query(a, step.replyCounters()))).toEqual([0, 0]);
    net.network.setTime(due);
    net.ticks(3);
    expect(counters(net.query(a, step.replyCounters()))).toEqual([11, 11]);
    expect(counters(net.query(b, step.replyCounters()))).toEqual([1, 1]);
  });

  it('is cleared by an upgrade', async () => {
    const { net, a } = await pair();
    const due = net.network.now + 5n * SECOND;
    await net.call(a, script(step.onTimer(step.add(1)), step.setTimer(due), step.reply('')));
    await net.install(a, undefined, { mode: { upgrade: [] } });
    net.network.setTime(due);
    net.ticks(2);
    expect(counters(net.query(a, step.replyCounters()))).toEqual([0, 0]);
  });

  it('beats once a round while the canister runs', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    const wat = `(module
      (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
      (import "ic0" "msg_reply" (func $reply))
      (memory 1)
      (func (export "canister_heartbeat")
        (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1))))
      (func (export "canister_query beats")
        (call $append (i32.const 0) (i32.const 8)) (call $reply)))`;
    await net.install(id, assemble(wat));
    const beats = (): bigint => number(net.query(id, new Uint8Array(0), 'beats'));
    const before = beats();
    net.ticks(5);
    expect(beats()).toBe(before + 5n);
    await net.about('stop_canister', id);
    net.ticks(5);
    await net.about('start_canister', id);
    expect(beats()).toBeLessThanOrEqual(before + 8n);
  });
});

describe('the low-memory hook', () => {
  it('runs once when less than the threshold remains, and again after there was room', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    const wat = `(module
      (memory 1)
      (func (export "canister_on_low_wasm_memory"))
      (func (export "canister_update grow") (drop (memory.grow (i32.const 1)))))`;
    await net.install(id, assemble(wat));
    const hooks = (): number =>
      net.network.executions.list().filter(({ kind }) => kind === 'low_memory').length;
    await net.configure(id, {
      wasm_memory_limit: [10n * 65_536n],
      wasm_memory_threshold: [9n * 65_536n],
    });
    net.ticks(2);
    expect(hooks()).toBe(0);
    await net.call(id, new Uint8Array(0), undefined, 'grow');
    net.ticks(3);
    expect(hooks()).toBe(1);
    await net.configure(id, { wasm_memory_threshold: [1n] });
    await net.configure(id, { wasm_memory_threshold: [9n * 65_536n] });
    net.ticks(3);
    expect(hooks()).toBe(2);
  });
});

describe('inspect_message', () => {
  it('keeps messages out that it does not accept', async () => {
    const { net, a } = await pair();
    const result = await net.call(a, Uint8Array.of(0, 0, 0, 0, 0));
    expect(result).toMatchObject({
      code: 'CanisterRejectedMessage',
      errorCode: 'IC0406',
      rejectCode: 4,
    });
    expect(net.network.executions.last?.kind).toBe('inspect');
  });
});
