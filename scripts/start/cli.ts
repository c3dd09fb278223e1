import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import type { Principal } from '@dfinity/principal';
import { PocketIc } from '@hadronous/pic';
import { instanceIdOf, makeLive } from '@fabrica/localnet';
import { assembleTokens, startReplica, type SystemIds } from '@fabrica/testing';
import { buildCanister } from '../build/build-canister.ts';
import { readTargets } from '../build/targets.ts';
import { writeNetwork } from '../networks.ts';
import { mainJob, type JobOutcome } from './main-job.ts';
import { Progress, table } from './progress.ts';

/**
 * `npm start [-- --once]`: builds, starts a local network, deploys and wires every canister, and does the
 * main job with a new user. Then the network runs on until Ctrl-C; with `--once` it is stopped at once.
 * Exits with 0 only if every step was verified.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const once = process.argv.includes('--once');
const progress = new Progress();
/** Of the administrator's key, which is this network's own. */
const seed = new Uint8Array(randomBytes(32));

try {
  progress.heading('Building canisters');
  for (const target of readTargets(root)) {
    await progress.step(target.name, () => buildCanister(root, target, false));
  }

  progress.heading('Starting the local network');
  const replica = await progress.step('localnet', () => startReplica());
  const pic = await PocketIc.create(replica.url);
  // A network begins in 2021. Left to follow the clock later, canisters would pay for the years between at
  // once, and lose their code. Back far enough for what assembling takes of its time.
  await pic.setTime(Date.now() - 60 * 60 * 1000);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await pic.tearDown();
    await replica.close();
  };
  try {
    progress.heading('Deploying the system');
    const step = progress.step.bind(progress);
    const system = await assembleTokens(pic, Ed25519KeyIdentity.generate(seed), step);

    progress.heading('Ordering a token');
    const outcome = await mainJob(system, step);
    console.log(`\n${table(report(system.ids, outcome))}\n\nDone in ${progress.seconds} s.`);

    if (!once) {
      const host = await makeLive(replica.url, instanceIdOf(pic));
      console.log(`\nThe network runs on: agents reach it at ${host}, PocketIC's clients at`);
      console.log(`${replica.url}. Pages of canisters: ${pageOf(host, system.ids.tokenFactory)}`);
      console.log('Commands with "--network local" find it. Ctrl-C stops it.');
      const network = { host, fetchRootKey: true, canisters: canistersOf(system.ids) };
      const forget = writeNetwork(root, 'local', network, seed);
      await untilInterrupted(replica.url);
      forget();
      console.log('\nStopping ...');
    }
  } finally {
    await stop();
  }
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** Waits for Ctrl-C. Asks for the network now and then, for it stops after two hours without a request. */
async function untilInterrupted(url: string): Promise<void> {
  const awake = setInterval(() => void fetch(`${url}/status`), 10 * 60 * 1000);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  clearInterval(awake);
}

function pageOf(host: string, canister: Principal): string {
  return `http://${canister.toText()}.localhost:${new URL(host).port}/`;
}

/** Ids by the names of `dfx.json`, so that tools find them. */
function canistersOf(ids: SystemIds): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ids).map(([name, id]: [string, Principal]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      id.toText(),
    ]),
  );
}

function report(ids: SystemIds, outcome: JobOutcome): [string, string][] {
  return [
    ...Object.entries(ids).map(([name, id]: [string, Principal]): [string, string] => [
      name,
      id.toText(),
    ]),
    ['user', outcome.user.toText()],
    ['new token', outcome.token.toText()],
    ['paid', `${outcome.paid} (in the fee token's smallest unit)`],
    ['invoice entries', String(outcome.invoices)],
    ['audit entries', outcome.auditActions.join(', ')],
  ];
}
