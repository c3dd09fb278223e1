import { describe, expect, it } from 'vitest';

import { script, step } from '../testing/script.ts';
import { counters, TestNetwork, text } from '../testing/test-network.ts';

async function pair(): Promise<{ net: TestNetwork; a: Uint8Array; b: Uint8Array }> {
  const net = new TestNetwork();
  return { net, a: await net.puppet(), b: await net.puppet() };
}

const work = script(step.add(1), step.reply('done'));

describe('a fault', () => {
  it('rejects a call before it is delivered', async () => {
    const { net, a, b } = await pair();
    const fault = net.network.faults.add({
      to: b,
      method: 'run',
      action: { kind: 'reject', code: 2, message: 'queue full' },
    });
    expect(text(await net.call(a, step.call({ to: b, arg: work })))).toBe('2 queue full');
    expect(counters(net.query(b, step.replyCounters()))).toEqual([0, 0]);
    expect(fault.hits).toBe(1);
    expect(text(await net.call(a, step.call({ to: b, arg: work })))).toBe('done');
  });

  it('loses the answer of a call that was executed', async () => {
    const { net, a, b } = await pair();
    net.network.faults.add({ action: { kind: 'lose-answer' } });
    expect(text(await net.call(a, step.call({ to: b, arg: work })))).toMatch(/^6 /);
    expect(counters(net.query(b, step.replyCounters()))).toEqual([1, 1]);
  });

  it('delays an answer by rounds', async () => {
    const { net, a, b } = await pair();
    net.network.faults.add({ from: a, action: { kind: 'delay-rounds', rounds: 5 } });
    const before = net.network.executions.last!.round;
    expect(text(await net.call(a, step.call({ to: b, arg: work })))).toBe('done');
    expect(net.network.executions.last!.round - before).toBe(6);
  });

  it('holds answers until it is released', async () => {
    const { net, a, b } = await pair();
    const fault = net.network.faults.add({ times: Infinity, action: { kind: 'hold-answer' } });
    const answer = net.call(a, step.call({ to: b, arg: work }));
    net.ticks(20);
    expect(counters(net.query(b, step.replyCounters()))).toEqual([1, 1]);
    fault.release();
    expect(text(await answer)).toBe('done');
  });

  it('makes the callback trap, so that the cleanup runs', async () => {
    const { net, a, b } = await pair();
    net.network.faults.add({ action: { kind: 'trap-callback' } });
    const steps = step.call({ to: b, arg: work, onReply: step.add(1), onCleanup: step.add(100) });
    expect(await net.call(a, steps)).toMatchObject({ code: 'CanisterTrapped' });
    expect(counters(net.query(a, step.replyCounters()))).toEqual([100, 100]);
  });

  it('skips calls first, and hits so many times', async () => {
    const { net, a, b } = await pair();
    const action = { kind: 'reject', code: 5, message: 'x' } as const;
    net.network.faults.add({ skip: 1, times: 2, action });
    const answers: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      answers.push(text(await net.call(a, step.call({ to: b, arg: work }))));
    }
    expect(answers).toEqual(['done', '5 x', '5 x', 'done']);
  });

  it('refuses counts that make no sense', () => {
    const { faults } = new TestNetwork().network;
    const action = { kind: 'hold-answer' } as const;
    expect(() => faults.add({ skip: -1, action })).toThrow(
      expect.objectContaining({ code: 'InvalidArgument' }),
    );
    expect(() => faults.add({ times: 1.5, action })).toThrow(
      expect.objectContaining({ code: 'InvalidArgument' }),
    );
  });
});
