import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Actor, HttpAgent } from '@dfinity/agent';
import {
  factoryIdlFactory,
  publishVersion,
  type FactoryActor,
} from '../../../core/src/client/index.ts';
import { PemIdentity, type NetworkFile } from '../../networks.ts';
import { compatibilityOf, readReleases, type CanisterRelease, type Release } from '../manifest.ts';
import type { Stepper } from '../prepare.ts';
import type { ReleasePackage } from '../packages.ts';
import type { RegisterOptions } from './options.ts';
import { rollOut, type RolloutOutcome } from './roll-out.ts';

/** What became of a release at a factory. */
export interface Registered {
  readonly package: string;
  readonly version: string;
  readonly factory: string;
  /** SHA-256 of the module, in hex. */
  readonly moduleHash: string;
  /** Pieces of the module that were sent now, of how many. */
  readonly sent: number;
  readonly pieces: number;
  /** True if the version had been registered before. */
  readonly known: boolean;
  readonly compatibility: string;
  /** `null` if none was asked for. */
  readonly rollout: RolloutOutcome | null;
}

/**
 * Registers a prepared release of a package's contract at its factory, and starts a rollout if one was asked
 * for. May be repeated: what is done already is not done again, but for the rollout.
 *
 * @throws Error if there is no such release, its file is not what the manifest says, or the factory refuses.
 */
export async function register(
  root: string,
  owner: ReleasePackage,
  network: NetworkFile,
  options: RegisterOptions,
  step: Stepper,
): Promise<Registered> {
  const release = chooseRelease(root, owner, options.version);
  const { version, after } = release.manifest;
  const contract = release.manifest.canisters.find((canister) => canister.module !== null);
  if (contract === undefined) throw new Error(`No factory makes anything of ${owner.id}.`);
  const module = readModule(release, contract);
  const factoryName = `${contract.name}_factory`;
  const factoryId = options.factory ?? network.canisters[factoryName];
  if (factoryId === undefined) {
    throw new Error(`The network ${options.network} has no ${factoryName}: name one by --factory.`);
  }
  const factory = await connect(root, network, factoryId, options);

  const compatibility = compatibilityOf(contract, after);
  const title = `${owner.id} ${version}`;
  const publication = await step(`register ${title}`, () =>
    publishVersion(factory, {
      version,
      module,
      notes: options.notes ?? `${owner.name} ${version}`,
      stable: options.stable,
      upgradableFrom: options.upgradableFrom,
      candidHash: Uint8Array.from(Buffer.from(contract.candidHash, 'hex')),
      compatibility,
    }),
  );
  const wish = options.rollout;
  const rollout =
    wish === null
      ? null
      : await step(`roll out ${title}`, () => rollOut(factory, { ...wish, version }));
  return {
    package: owner.name,
    version,
    factory: factoryId,
    moduleHash: contract.hash,
    sent: publication.sent,
    pieces: publication.pieces,
    known: publication.known,
    compatibility,
    rollout,
  };
}

function chooseRelease(root: string, { id }: ReleasePackage, version: string | undefined): Release {
  const releases = readReleases(root, id);
  const release =
    version === undefined
      ? releases.at(-1)
      : releases.find(({ manifest }) => manifest.version === version);
  if (release !== undefined) return release;
  const which = version === undefined ? 'No release' : `No release ${version}`;
  throw new Error(`${which} of ${id} is prepared. Run: npm run release:prepare -- ${id}`);
}

function readModule({ folder }: Release, { module, hash, name }: CanisterRelease): Uint8Array {
  const bytes = readFileSync(join(folder, module!));
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === hash) return new Uint8Array(bytes);
  throw new Error(
    `${join(folder, module!)} is not the module of ${name} that was released: ${found}`,
  );
}

async function connect(
  root: string,
  network: NetworkFile,
  canisterId: string,
  options: RegisterOptions,
): Promise<FactoryActor> {
  const file = options.identity ?? (network.identity && join(root, network.identity));
  if (file === undefined) throw new Error('Say who registers it: --identity <PEM file>');
  const identity = new PemIdentity(readFileSync(file, 'utf8'));
  const { host, fetchRootKey } = network;
  const agent = await HttpAgent.create({ host, identity, shouldFetchRootKey: fetchRootKey }).catch(
    (cause: unknown) => {
      throw new Error(`Nothing answers at ${host}. Does the network run?`, { cause });
    },
  );
  return Actor.createActor<FactoryActor>(factoryIdlFactory, { agent, canisterId });
}
