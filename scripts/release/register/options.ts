import { parseArgs } from 'node:util';
import type { RolloutOrder } from '../../../core/src/model/upgrades/rollout.ts';

/** How the command is written. */
export const USAGE = `npm run release:register -- [token multisig] [options]

  --network <name>         local (default), ic, or a file in .fabrica/networks/
  --identity <file>        PEM of an administrator or publisher; the network's own if left out
  --factory <canister id>  where there is one package; else as the network names them
  --version <x.y.z>        a release under releases/; the newest if left out
  --notes <text>           for owners
  --upgradable-from <range>  as ">=1.0.0 <2.0.0"
  --beta                   made and upgraded to only on request
  --canary <count>         starts a rollout: so many contracts first (1 to 50)
  --waves <percents>       then so far, ascending to 100; default 100
  --concurrency <count>    at once, 1 to 40; default 10
  --max-failures <percent> it halts above; default 5
  --soak <seconds>         between the stages; default 0
  --opted-in               only contracts whose owners let the factory upgrade them
  --json                   the outcome for programs`;

/** A rollout as the command line asks for it. */
export type RolloutWish = Pick<
  RolloutOrder,
  'canary' | 'waves' | 'concurrency' | 'maxFailurePercent' | 'soakSeconds' | 'optedInOnly'
>;

/** What `release:register` is asked for. */
export interface RegisterOptions {
  readonly packages: readonly string[];
  readonly network: string;
  readonly identity: string | undefined;
  readonly factory: string | undefined;
  readonly version: string | undefined;
  readonly notes: string | undefined;
  readonly upgradableFrom: string | undefined;
  readonly stable: boolean;
  readonly rollout: RolloutWish | null;
  readonly json: boolean;
}

/** Reads the command line. @throws Error that says what is wrong with it. */
export function readOptions(line: readonly string[]): RegisterOptions {
  const { values, positionals } = parseArgs({
    args: [...line],
    allowPositionals: true,
    options: {
      network: { type: 'string', default: 'local' },
      identity: { type: 'string' },
      factory: { type: 'string' },
      version: { type: 'string' },
      notes: { type: 'string' },
      'upgradable-from': { type: 'string' },
      beta: { type: 'boolean', default: false },
      canary: { type: 'string' },
      waves: { type: 'string', default: '100' },
      concurrency: { type: 'string', default: '10' },
      'max-failures': { type: 'string', default: '5' },
      soak: { type: 'string', default: '0' },
      'opted-in': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const rollout =
    values.canary === undefined
      ? null
      : {
          canary: whole('canary', values.canary, 1, 50),
          waves: wavesOf(values.waves),
          concurrency: whole('concurrency', values.concurrency, 1, 40),
          maxFailurePercent: whole('max-failures', values['max-failures'], 0, 100),
          soakSeconds: whole('soak', values.soak, 0, 604_800),
          optedInOnly: values['opted-in'],
        };
  return {
    packages: positionals,
    network: values.network,
    identity: values.identity,
    factory: values.factory,
    version: values.version,
    notes: values.notes,
    upgradableFrom: values['upgradable-from'],
    stable: !values.beta,
    rollout,
    json: values.json,
  };
}

function wavesOf(text: string): number[] {
  const waves = text.split(',').map((wave) => whole('waves', wave.trim(), 1, 100));
  const ascending = waves.every((wave, at) => at === 0 || wave > waves[at - 1]!);
  if (!ascending || waves.at(-1) !== 100)
    throw new Error(`--waves ${text} does not ascend to 100.`);
  return waves;
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`--${option} ${text} is not a number from ${least} to ${most}.`);
  }
  return value;
}
