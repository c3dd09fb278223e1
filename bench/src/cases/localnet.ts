import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encoder } from '@fabrica/core/candid';
import { StateFolder } from '@fabrica/localnet';
import { builtModule, compileMotoko } from '@fabrica/testing';
import { TokenContract } from '@fabrica/token';
import { feeToken } from '../../../testing/src/fee-token.ts';
import { Busy, Trivial } from '../canisters/services.ts';
import { bytes, type CaseGroup, type Figure, microseconds, percent } from '../figure.ts';
import { Lab, NO_ARGUMENT, OPERATOR, principal } from '../lab/lab.ts';
import { benchModule } from '../lab/modules.ts';

/** Messages per measurement of a rate. */
const MESSAGES = 2_000;
/** Tokens in one network, and how many of them a checkpoint is measured with. */
const TOKENS = 2_000;
const KEPT = 200;

/** What localnet itself takes, in time and memory. Of the machine it runs on: compare with care. */
export const localnet: CaseGroup = {
  name: 'localnet',
  heavy: true,
  run: async () => [...(await rates()), ...(await metering()), ...(await scale())],
};

/** Trivial messages through the in-process interface, and installing what is known. */
async function rates(): Promise<Figure[]> {
  const { network, ...lab } = await launched();
  const message = { sender: OPERATOR, canisterId: lab.id, payload: NO_ARGUMENT };
  const update = await each(MESSAGES, () =>
    network.executeIngress({ ...message, method: 'write' }),
  );
  const query = await each(MESSAGES, () => network.query({ ...message, method: 'read' }));
  return [
    microseconds('localnet.trivial-update', update),
    microseconds('localnet.trivial-query', query),
    microseconds('localnet.first-install', lab.first),
    microseconds('localnet.second-install', lab.second),
  ];
}

async function launched() {
  const lab = new Lab();
  const wasm = await benchModule('trivial.ts', Trivial);
  const ids = [await lab.create(), await lab.create()] as const;
  const first = await each(1, () => lab.install(ids[0], wasm));
  const second = await each(1, () => lab.install(ids[1], wasm));
  return { network: lab.network, id: ids[0], first, second };
}

/** What counting instructions costs, in per cent of the same code without it. */
async function metering(): Promise<Figure[]> {
  const labs = [new Lab(true), new Lab(false)] as const;
  const compare = async (name: string, wasm: Uint8Array, steps: number): Promise<Figure> => {
    const payload = encoder(Busy.methods.spin.args)([steps]);
    const ids = [(await labs[0].launch(wasm)).id, (await labs[1].launch(wasm)).id] as const;
    const best = [Infinity, Infinity] as [number, number];
    for (let turn = 0; turn < 20; turn += 1) {
      for (const which of [0, 1] as const) {
        const before = process.cpuUsage();
        await labs[which].send(ids[which], 'spin', payload, { query: true });
        best[which] = Math.min(best[which], process.cpuUsage(before).user);
      }
    }
    return percent(name, (100 * best[0]) / best[1]);
  };
  return [
    await compare('localnet.metering-azle', await benchModule('busy.ts', Busy), 300_000),
    await compare('localnet.metering-motoko', await compileMotoko(SPIN), 20_000_000),
  ];
}

/** Token contracts in one network: what they hold of memory, and what keeping them takes. */
async function scale(): Promise<Figure[]> {
  const lab = new Lab();
  const { wasm } = builtModule('token');
  const argument = encoder(TokenContract.init)([feeToken(OPERATOR)] as never);
  const before = process.memoryUsage.rss();
  let most = before;
  let kept: Figure[] = [];
  for (let count = 1; count <= TOKENS; count += 1) {
    await lab.launch(wasm, argument);
    most = Math.max(most, process.memoryUsage.rss());
    if (count === KEPT) kept = await checkpoints(lab);
  }
  return [...kept, bytes(`localnet.memory-${TOKENS}-tokens`, most - before)];
}

async function checkpoints(lab: Lab): Promise<Figure[]> {
  const { network } = lab;
  const path = mkdtempSync(join(tmpdir(), 'fabrica-bench-'));
  try {
    const folder = StateFolder.open(path);
    const state = { network, accepted: [], names: [] };
    const whole = folder.save(state);
    for (const id of lab.network.canisters().slice(0, 10)) {
      await lab.call(TokenContract, id, 'icrc1_transfer', [TRANSFER]);
    }
    const changed = folder.save(state);
    folder.close();
    const again = StateFolder.open(path);
    const opening = await each(1, () => again.load());
    again.close();
    return [
      microseconds(`localnet.checkpoint-${KEPT}`, whole.milliseconds * 1000),
      bytes(`localnet.checkpoint-${KEPT}-size`, whole.bytes),
      microseconds(`localnet.checkpoint-${KEPT}-10-changed`, changed.milliseconds * 1000),
      bytes(`localnet.checkpoint-${KEPT}-10-changed-size`, changed.bytes),
      microseconds(`localnet.open-${KEPT}`, opening),
    ];
  } finally {
    rmSync(path, { recursive: true });
  }
}

/** A transfer that the owner of all tokens can make. */
const TRANSFER = {
  from_subaccount: null,
  to: { owner: principal(1), subaccount: null },
  amount: 1n,
  fee: null,
  memo: null,
  created_at_time: null,
};

/** Microseconds that each of so many runs takes. */
async function each(count: number, run: () => unknown): Promise<number> {
  const started = performance.now();
  for (let done = 0; done < count; done += 1) await run();
  return ((performance.now() - started) * 1000) / count;
}

/** The same work as the Azle canister's, in Motoko. */
const SPIN = `persistent actor {
  public query func spin(steps : Nat32) : async Nat32 {
    var last : Nat32 = 1;
    var step : Nat32 = 0;
    while (step < steps) {
      last := (last *% 1103515245 +% step) >> 1;
      step += 1;
    };
    last;
  };
}`;
