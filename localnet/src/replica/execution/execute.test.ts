import { describe, expect, it } from 'vitest';

import { script, step } from '../testing/script.ts';
import { assemble } from '../testing/wat.ts';
import { codeIn, counters, number, TestNetwork, text } from '../testing/test-network.ts';

describe('an update', () => {
  it('keeps heap, globals and stable memory', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.call(id, script(step.add(7), step.writeStable('kept----'), step.reply('')));
    expect(counters(net.query(id, step.replyCounters()))).toEqual([7, 7]);
    expect(text(net.query(id, step.replyStable()))).toBe('kept----');
  });

  it('that traps leaves nothing behind', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.call(
      id,
      script(step.add(1), step.writeStable('before--'), step.certify('a'), step.reply('')),
    );
    const failed = await net.call(
      id,
      script(
        step.add(5),
        step.writeStable('after---'),
        step.certify('b'),
        step.setTimer(1n),
        step.trap('no'),
      ),
    );
    expect(codeIn(failed)).toBe('CanisterCalledTrap');
    expect(counters(net.query(id, step.replyCounters()))).toEqual([1, 1]);
    expect(text(net.query(id, step.replyStable()))).toBe('before--');
    expect(net.network.canisterFacts(id).certifiedData).toEqual(new TextEncoder().encode('a'));
  });

  it('that traps after growing memories gives them their old size back', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const pages = number(net.query(id, step.replyHeapPages()));
    await net.call(id, script(step.add(3), step.reply('')));
    await net.call(
      id,
      script(step.growHeap(9), step.growStable(4n), step.add(1), step.unreachable()),
    );
    expect(number(net.query(id, step.replyHeapPages()))).toBe(pages);
    expect(counters(await net.call(id, step.replyCounters()))).toEqual([3, 3]);
    expect(codeIn(net.query(id, step.replyStable()))).toBe('CanisterTrapped');
  });

  it('is stopped when it uses too many instructions', async () => {
    const net = new TestNetwork();
    const id = await net.create();
    // inspect_message has the smallest limit, so the test is short.
    const wat = `(module
      (global (mut i32) (i32.const 0))
      (func (export "canister_inspect_message")
        (global.set 0 (i32.const 1))
        (loop $ever (br $ever)))
      (func (export "canister_update run")))`;
    await net.install(id, assemble(wat));
    expect(codeIn(await net.call(id, step.reply('')))).toBe('CanisterInstructionLimitExceeded');
    expect(net.network.executions.last).toMatchObject({
      kind: 'inspect',
      instructions: 200_000_000,
    });
  });

  it('that neither replies nor rejects is answered by the system', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    expect(codeIn(await net.call(id, step.add(1)))).toBe('CanisterDidNotReply');
    expect(counters(net.query(id, step.replyCounters()))).toEqual([1, 1]);
  });

  it('that replies twice traps', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const result = await net.call(id, script(step.reply('a'), step.reply('b')));
    expect(codeIn(result)).toBe('CanisterContractViolation');
  });

  it('rejects with the canister’s own message', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    expect(await net.call(id, step.reject('not today'))).toEqual({
      ok: true,
      kind: 'reject',
      message: 'not today',
    });
  });

  it('to a method that does not exist is refused', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const result = await net.call(id, step.reply(''), undefined, 'nothing');
    expect(result).toMatchObject({
      code: 'CanisterMethodNotFound',
      errorCode: 'IC0536',
      rejectCode: 5,
    });
  });

  it('gives the same count of instructions every time', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const counts = [1, 2, 3].map(() => {
      net.query(id, step.replyCounters());
      return net.network.executions.last!.instructions;
    });
    expect(new Set(counts).size).toBe(1);
  });
});

describe('a query', () => {
  it('changes nothing, whether it replies or traps', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const steps = script(step.add(9), step.writeStable('query---'), step.growHeap(5));
    expect(counters(net.query(id, script(steps, step.replyCounters())))).toEqual([9, 9]);
    expect(codeIn(net.query(id, script(steps, step.trap('x'))))).toBe('CanisterCalledTrap');
    expect(counters(net.query(id, step.replyCounters()))).toEqual([0, 0]);
    expect(codeIn(net.query(id, step.replyStable()))).toBe('CanisterTrapped');
  });

  it('called as an update changes nothing and costs cycles', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const before = net.network.cyclesBalance(id);
    const version = net.network.canisterFacts(id).version;
    const result = await net.call(id, script(step.add(1), step.replyCounters()), undefined, 'ask');
    expect(counters(result)).toEqual([1, 1]);
    expect(counters(net.query(id, step.replyCounters()))).toEqual([0, 0]);
    expect(net.network.cyclesBalance(id)).toBeLessThan(before);
    expect(net.network.canisterFacts(id).version).toBe(version);
  });

  it('may not call, set timers or accept cycles', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    for (const forbidden of [step.call({ to: id }), step.setTimer(1n), step.acceptCycles(1n)]) {
      expect(codeIn(net.query(id, forbidden))).toBe('CanisterContractViolation');
    }
  });

  it('knows that it is not replicated', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    expect(number(net.query(id, step.replyReplicated()))).toBe(0n);
    expect(number(await net.call(id, step.replyReplicated()))).toBe(1n);
  });
});

describe('a composite query', () => {
  it('keeps its own changes between its calls, and no longer', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    await net.call(b, script(step.add(40), step.reply('')));
    const steps = script(
      step.add(2),
      step.call({ to: b, method: 'ask', arg: step.replyCounters(), onReply: step.replyCounters() }),
    );
    expect(counters(net.query(a, steps, 'compose'))).toEqual([2, 2]);
    expect(counters(net.query(a, step.replyCounters()))).toEqual([0, 0]);
  });

  it('passes on replies and rejections of its calls', async () => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    const ask = (arg: Uint8Array): string =>
      text(net.query(a, step.call({ to: b, method: 'ask', arg }), 'compose'));
    expect(ask(step.reply('hello'))).toBe('hello');
    expect(ask(step.reject('no'))).toBe('4 no');
    expect(ask(step.trap('boom'))).toMatch(/^5 IC0503: /);
  });

  it('runs its cleanup when its callback traps', async () => {
    const net = new TestNetwork();
    const a = await net.puppet();
    const steps = step.call({
      to: a,
      method: 'ask',
      arg: step.reply(''),
      onReply: step.trap('first'),
      onCleanup: step.trap('second'),
    });
    const result = net.query(a, steps, 'compose');
    expect(codeIn(result)).toBe('CanisterCalledTrap');
    expect(result).toHaveProperty(
      'description',
      expect.stringContaining('call_on_cleanup also failed'),
    );
  });

  it('cannot be called as an update', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    const result = await net.call(id, step.reply(''), undefined, 'compose');
    expect(codeIn(result)).toBe('CompositeQueryCalledInReplicatedMode');
  });
});
