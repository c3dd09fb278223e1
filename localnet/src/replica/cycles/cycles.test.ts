import { describe, expect, it } from 'vitest';

import { script, step } from '../testing/script.ts';
import { bytesOf, codeIn, number, TestNetwork } from '../testing/test-network.ts';

const T = 1_000_000_000_000n;

describe('cycles', () => {
  it('attached to a call: what is accepted moves, the rest comes back', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    const before = [net.network.cyclesBalance(a), net.network.cyclesBalance(b)] as const;
    const steps = step.call({
      to: b,
      cycles: 5n * T,
      arg: script(step.acceptCycles(2n * T), step.reply('')),
      onReply: step.replyRefund(),
    });
    expect(number(await net.call(a, steps))).toBe(3n * T);
    const spent = before[0] - net.network.cyclesBalance(a);
    const gained = net.network.cyclesBalance(b) - before[1];
    expect(spent).toBeGreaterThan(2n * T);
    expect(spent).toBeLessThan(2n * T + 100_000_000n);
    expect(gained).toBeLessThan(2n * T);
    expect(gained).toBeGreaterThan(2n * T - 100_000_000n);
  });

  it('accepted by a message that traps go back to the caller', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    const before = net.network.cyclesBalance(b);
    const steps = step.call({
      to: b,
      cycles: 5n * T,
      arg: script(step.acceptCycles(5n * T), step.trap('x')),
      onReject: step.replyRefund(),
    });
    expect(number(await net.call(a, steps))).toBe(5n * T);
    expect(net.network.cyclesBalance(b)).toBeLessThan(before);
  });

  it('are charged: 5 M and 1 per instruction for execution, and for taking a message in', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const before = net.network.cyclesBalance(id);
    const steps = step.reply('');
    await net.call(id, steps);
    const { instructions, cycles } = net.network.executions.last!;
    expect(cycles).toBe(5_000_000n + BigInt(instructions));
    const ingress = 1_200_000n + 2_000n * BigInt('run'.length + steps.length);
    expect(before - net.network.cyclesBalance(id)).toBe(cycles + ingress);
  });

  it('for the longest execution are withheld while it runs', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const before = net.network.cyclesBalance(id);
    const seen = new DataView(bytesOf(await net.call(id, step.replyBalance())).buffer);
    expect(before - seen.getBigUint64(0, true)).toBeGreaterThan(40_000_000_000n);
    expect(before - net.network.cyclesBalance(id)).toBeLessThan(10_000_000n);
  });

  it('cost nothing on a system subnet', async () => {
    const net = new TestNetwork({ subnets: [{ kind: 'System' }] });
    const id = await net.puppet(0n);
    expect(codeIn(await net.call(id, step.reply('')))).toBe('reply');
    expect(net.network.cyclesBalance(id)).toBe(0n);
  });

  it('short of the freezing threshold: the canister takes no messages, and says how much is missing to its controllers only', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.configure(id, { freezing_threshold: [10n ** 14n] });
    const mine = await net.call(id, step.reply(''));
    expect(mine).toMatchObject({ code: 'CanisterOutOfCycles', errorCode: 'IC0207', rejectCode: 2 });
    expect(mine).toHaveProperty('description', expect.stringContaining('please top up'));
    const theirs = await net.call(id, step.reply(''), Uint8Array.of(4));
    expect(theirs).toHaveProperty('description', expect.not.stringContaining('please top up'));
    expect(codeIn(net.query(id, step.reply('')))).toBe('CanisterOutOfCycles');
  });

  it('for storage are charged as time goes by; without them the code is removed', async () => {
    const net = new TestNetwork();
    const id = await net.puppet(T);
    const poor = await net.create(400_000_000_000n);
    await net.install(poor);
    const day = 86_400_000_000_000n;
    const before = net.network.cyclesBalance(id);
    net.network.setTime(net.network.now + day);
    net.ticks(1);
    const perDay = before - net.network.cyclesBalance(id);
    // One page of heap and a small module: 127 000 per GiB and second.
    expect(perDay).toBeGreaterThan(600_000n);
    expect(perDay).toBeLessThan(900_000n);
    await net.configure(poor, { compute_allocation: [100n] });
    net.network.setTime(net.network.now + day);
    net.ticks(1);
    expect(net.network.cyclesBalance(poor)).toBe(0n);
    expect(net.network.canisterFacts(poor).moduleHash).toBeNull();
  });

  it('balance and fees add up over calls between canisters', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    const total = (): bigint => net.network.cyclesBalance(a) + net.network.cyclesBalance(b);
    const before = total();
    const from = net.network.executions.list().length;
    const inner = script(step.acceptCycles(T), step.reply('done'));
    const steps = step.call({ to: b, cycles: 3n * T, arg: inner });
    await net.call(a, steps);
    const executed = net.network.executions.list().slice(from);
    const execution = executed
      .filter(({ kind }) => kind !== 'inspect')
      .reduce((sum, { cycles }) => sum + cycles, 0n);
    const ingress = 1_200_000n + 2_000n * BigInt('run'.length + steps.length);
    const request = 260_000n + 1_000n * BigInt('run'.length + inner.length);
    const response = 1_000n * BigInt('done'.length);
    expect(before - total()).toBe(execution + ingress + request + response);
  });
});
