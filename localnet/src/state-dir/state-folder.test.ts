import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { script, step } from '../replica/testing/script.ts';
import {
  bytesOf,
  counters,
  encodeArgument,
  OWNER,
  TestNetwork,
  text,
} from '../replica/testing/test-network.ts';
import { StateError } from './state-error.ts';
import { StateFolder } from './state-folder.ts';

const SECOND = 1_000_000_000n;
const TWO_SUBNETS = { subnets: [{ kind: 'NNS' as const }, { kind: 'Application' as const }] };

describe('a state folder', () => {
  let path: string;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'localnet-state-'));
  });

  afterEach(() => {
    rmSync(path, { recursive: true });
  });

  it('gives a canister back with all that belongs to it', async () => {
    const net = new TestNetwork();
    const id = await net.puppet();
    await net.about('upload_chunk', id, { chunk: new Uint8Array(1000).fill(3) });
    await net.call(id, script(step.growStable(40n), step.writeStable('stable'), step.reply('')));
    await net.call(id, script(step.add(5), step.growHeap(3), step.print('hello'), step.reply('')));
    await net.call(id, script(step.certify('data'), step.reply('')));
    await net.about('take_canister_snapshot', id, {
      replace_snapshot: [],
      uninstall_code: [],
    });
    await net.call(id, script(step.add(1), step.reply('')));
    await net.configure(id, { freezing_threshold: [1234n], controllers: [] });

    const again = reopened(net);
    expect(await statusOf(again, id)).toEqual(await statusOf(net, id));
    const facts = again.network.canisterFacts(id);
    expect(facts).toEqual(net.network.canisterFacts(id));
    expect(text(again.query(id, step.replyStable()))).toBe(text(net.query(id, step.replyStable())));
    expect(counters(again.query(id, step.replyCounters()))).toEqual([6, 6]);
    expect(again.network.now).toBe(net.network.now);

    const [snapshot] = (await again.about('list_canister_snapshots', id)) as [{ id: Uint8Array }];
    await again.about('load_canister_snapshot', id, { snapshot_id: snapshot.id });
    expect(counters(again.query(id, step.replyCounters()))).toEqual([5, 5]);
    expect(await again.about('stored_chunks', id)).toHaveLength(1);
    const next = await again.create();
    expect(again.network.canisterExists(next)).toBe(true);
    expect(net.network.canisterExists(next)).toBe(false);
  });

  it('finishes a call that was under way, whatever round the network was stopped after', async () => {
    for (let stop = 0; stop <= 6; stop += 1) {
      const net = new TestNetwork(TWO_SUBNETS);
      const [a, b] = await acrossSubnets(net);
      const ask = script(step.acceptCycles(700n), step.add(1), step.reply('there'));
      const back = script(step.add(2), step.replyArgument());
      const steps = step.call({ to: b, arg: ask, cycles: 1000n, onReply: back });
      const sent = net.network.submitIngress({
        sender: OWNER,
        canisterId: a,
        method: 'run',
        payload: steps,
      });
      if (!sent.accepted) throw new Error('refused');
      net.ticks(stop);

      const again = reopened(net);
      expect(text(await again.network.awaitIngress(sent.id))).toBe('there');
      expect(text(await net.network.awaitIngress(sent.id))).toBe('there');
      for (const id of [a, b]) {
        expect(again.network.cyclesBalance(id)).toBe(net.network.cyclesBalance(id));
        expect(again.query(id, step.replyCounters())).toEqual(net.query(id, step.replyCounters()));
      }
      // The answer is still known after it was given, and the message is not executed again.
      const later = reopened(again);
      expect(text(await later.network.awaitIngress(sent.id))).toBe('there');
    }
  });

  it('keeps timers, calls for randomness, stopping canisters and best-effort calls', async () => {
    const net = new TestNetwork(TWO_SUBNETS);
    const [a, b] = await acrossSubnets(net);
    const submit = (steps: Uint8Array): Uint8Array => {
      const message = { sender: OWNER, canisterId: a, method: 'run', payload: steps };
      const sent = net.network.submitIngress(message);
      if (!sent.accepted) throw new Error('refused');
      return sent.id;
    };
    await net.call(a, script(step.onTimer(step.add(100)), step.reply('')));
    await net.call(a, script(step.setTimer(net.network.now + 50n * SECOND), step.reply('')));
    const arg = encodeArgument('raw_rand', undefined);
    const random = submit(step.call({ to: new Uint8Array(0), method: 'raw_rand', arg }));
    net.network.faults.add({ action: { kind: 'hold-answer' }, to: b });
    net.network.faults.add({ action: { kind: 'delay-rounds', rounds: 1_000 }, to: b });
    const held = submit(step.call({ to: b, arg: step.reply('held') }));
    const late = submit(step.call({ to: b, arg: step.reply('late'), timeout: 10 }));
    net.ticks(3);
    const again = reopened(net);
    expect(bytesOf(await again.network.awaitIngress(random)).length).toBeGreaterThan(32);
    expect(text(await again.network.awaitIngress(held))).toBe('held');
    again.network.setTime(again.network.now + 60n * SECOND);
    again.ticks(8);
    expect(text(await again.network.awaitIngress(late))).toMatch(/^6 /);
    expect(counters(again.query(a, step.replyCounters()))[0]).toBe(100);
    await again.about('stop_canister', a);
    expect(reopened(again).network.canisterFacts(a).status).toBe('stopped');
  });

  it('writes only what has changed', async () => {
    const net = new TestNetwork();
    const ids = [];
    for (let count = 0; count < 20; count += 1) ids.push(await net.puppet());
    for (const id of ids) await net.call(id, script(step.growStable(10n), step.reply('')));
    const folder = StateFolder.open(path);
    const { network } = net;
    const first = folder.save({ network, accepted: [], names: [] });
    await net.call(ids[3]!, script(step.add(1), step.reply('')));
    const second = folder.save({ network, accepted: [], names: [] });
    // Records of all canisters, as all pay for their memory; memories of one.
    expect(second.bytes).toBeLessThan(first.bytes / 2);
    expect(folder.save({ network, accepted: [], names: [] }).bytes).toBeLessThan(1_000);
    folder.close();
  });

  it('remembers which signed calls were taken in', () => {
    const folder = StateFolder.open(path);
    const accepted = [['ab12', 77n]] as const;
    folder.save({ network: new TestNetwork().network, accepted, names: [['aaaaa-aa', 'x']] });
    expect(folder.load()).toMatchObject({ accepted, names: [['aaaaa-aa', 'x']] });
    folder.close();
  });

  it('is refused to a second server, and open to the next', () => {
    const first = StateFolder.open(path);
    expect(() => StateFolder.open(path)).toThrow(
      new StateError(`${first.path} is in use by process ${process.pid}`),
    );
    first.close();
    StateFolder.open(path).close();
  });

  it('is taken over from a server that was killed', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const lock of [JSON.stringify({ pid, started: '1' }), JSON.stringify({ pid }), 'what?']) {
      writeFileSync(join(path, 'lock'), lock);
      StateFolder.open(path).close();
    }
    // The process id lives, but was given to another process since.
    writeFileSync(join(path, 'lock'), JSON.stringify({ pid: process.pid, started: '1' }));
    if (process.platform === 'linux') StateFolder.open(path).close();
  });

  /** Stores a network and opens it again, from a folder of its own. */
  function reopened(net: TestNetwork): TestNetwork {
    const folder = StateFolder.open(mkdtempSync(join(path, 'one-')));
    folder.save({ network: net.network, accepted: [], names: [] });
    folder.close();
    const again = StateFolder.open(folder.path);
    const { network } = again.load()!;
    again.close();
    return new TestNetwork(network);
  }
});

function statusOf(net: TestNetwork, id: Uint8Array): Promise<unknown> {
  return net.about('canister_status', id);
}

/** Puppets on two subnets: calls between them take rounds. */
async function acrossSubnets(net: TestNetwork): Promise<[Uint8Array, Uint8Array]> {
  const a = await net.puppet();
  const [root] = net.network.topology;
  const payload = encodeArgument('provisional_create_canister_with_cycles', {
    amount: [10n ** 14n],
    settings: [],
    specified_id: [],
    sender_canister_version: [],
  });
  const made = await net.network.executeIngress({
    sender: OWNER,
    canisterId: new Uint8Array(0),
    method: 'provisional_create_canister_with_cycles',
    payload,
    effective: { kind: 'subnet', id: root!.id },
  });
  const [b] = net.network.canisters(root!.id);
  bytesOf(made);
  await net.install(b!);
  return [a, b!];
}
