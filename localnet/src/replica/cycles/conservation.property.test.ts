import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { FaultAction } from '../faults/fault.ts';
import { type Script, script, step } from '../testing/script.ts';
import { bytesOf, OWNER, TestNetwork } from '../testing/test-network.ts';

const CANISTERS = 3;
const CYCLES = 1_000_000n;

/** What a puppet does when called: accept, perhaps call others, then end in one of four ways. */
interface Plan {
  readonly accept: number;
  readonly calls: readonly { readonly to: number; readonly cycles: number; readonly plan: Plan }[];
  readonly end: 'reply' | 'reject' | 'trap' | 'nothing';
}

const plan = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record(
    {
      accept: fc.nat(2000),
      // Bounded: without it, one plan in some hundreds has no end.
      calls: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'calls' },
        fc.constant([]),
        fc.array(
          fc.record({ to: fc.nat(CANISTERS - 1), cycles: fc.nat(2000), plan: tie('plan') }),
          {
            maxLength: 2,
          },
        ),
      ),
      end: fc.constantFrom('reply', 'reject', 'trap', 'nothing'),
    },
    { noNullPrototype: true },
  ) as fc.Arbitrary<Plan>,
})).plan;

const action: fc.Arbitrary<FaultAction> = fc.constantFrom<FaultAction>(
  { kind: 'reject', code: 2, message: 'no' },
  { kind: 'lose-answer' },
  { kind: 'delay-rounds', rounds: 2 },
  { kind: 'trap-callback' },
);

const fault = fc.record({ skip: fc.nat(3), times: fc.nat(3), action });

function steps({ accept, calls, end }: Plan, ids: readonly Uint8Array[]): Script {
  const endings = {
    reply: step.reply('ok'),
    reject: step.reject('no'),
    trap: step.trap('no'),
    nothing: new Uint8Array(0),
  };
  const ending = endings[end];
  if (calls.length === 0) return script(step.acceptCycles(BigInt(accept)), ending);
  const made = calls.map((call) =>
    step.call({
      to: ids[call.to]!,
      cycles: BigInt(call.cycles),
      arg: steps(call.plan, ids),
      // Only the first callback that ends the call may answer; later ones trap, which is fine here.
      onReply: script(step.acceptCycles(1n), ending),
      onReject: step.add(1),
      onCleanup: step.add(1),
    }),
  );
  return script(step.acceptCycles(BigInt(accept)), ...made);
}

it('no cycle appears or disappears where nothing costs anything', async () => {
  await fc.assert(
    fc.asyncProperty(plan, fc.array(fault, { maxLength: 2 }), async (root, faults) => {
      const net = new TestNetwork({ subnets: [{ kind: 'System' }] });
      const ids: Uint8Array[] = [];
      for (let n = 0; n < CANISTERS; n += 1) ids.push(await net.puppet(CYCLES));
      for (const rule of faults) net.network.faults.add(rule);
      const call = { sender: OWNER, canisterId: ids[0]!, method: 'run', payload: steps(root, ids) };
      await net.network.executeIngress(call);
      net.ticks(20);
      const total = ids.reduce((sum, id) => sum + net.network.cyclesBalance(id), 0n);
      expect(total).toBe(BigInt(CANISTERS) * CYCLES);
      // Every call context is closed: canisters that have open ones could not stop.
      for (const id of ids) {
        await net.about('stop_canister', id);
        expect(net.network.canisterFacts(id).status).toBe('stopped');
      }
    }),
    { numRuns: 40 },
  );
});

it('the same messages and faults give the same executions', async () => {
  const run = async (): Promise<unknown> => {
    const net = new TestNetwork();
    const [a, b] = [await net.puppet(), await net.puppet()];
    net.network.faults.add({ action: { kind: 'delay-rounds', rounds: 3 } });
    const reply = await net.call(a, step.call({ to: b, arg: step.replyTime() }));
    return [bytesOf(reply), net.network.executions.list(), net.network.cyclesBalance(a)];
  };
  expect(await run()).toEqual(await run());
});
