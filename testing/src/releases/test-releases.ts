import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import type { FactoryDefinition } from '@fabrica/core';
import { encoder, type Input, type Schema } from '@fabrica/core/candid';
import { createIdentity, PocketIc } from '@hadronous/pic';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { compareVersions, parseVersion } from '../../../core/src/model/semver.ts';
import { readReleases } from '../../../scripts/release/manifest.ts';
import { actorFor } from '../canisters.ts';
import { AnyContract } from '../conformance/any-contract.ts';
import { peopleOf, type People } from '../conformance/options.ts';
import { builtModule } from '../modules.ts';
import { ADMINISTRATOR } from '../open-system.ts';
import { requestIdOf } from '../orders.ts';
import { canisterFacts } from '../platform.ts';
import {
  AnyFactory,
  installFactory,
  registrationOf,
  uploadModule,
  type InstalledFactory,
} from '../plugins.ts';
import { installRelay, type Relay } from '../relay.ts';
import { accepted } from '../results.ts';
import { nextVersion, renumbered } from './next-version.ts';

/** A contract of some release. */
export interface LiveContract {
  readonly pic: PocketIc;
  readonly id: Principal;
  readonly owner: Identity;
  /** Whom the order may have named beside the owner. */
  readonly other: Identity;
}

/** What fills a contract with data, and reads it back. Only calls that every release knows. */
export interface ReleaseScenario<Order extends Schema> {
  order(people: People): Input<Order>;
  /** Does what changes the contract's state. Done before the upgrade, and once more after it. */
  use(contract: LiveContract, round: number): Promise<void>;
  /** Everything that must be the same after the upgrade. */
  read(contract: LiveContract): Promise<unknown>;
}

interface KnownModule {
  /** Where it comes from, for the names of tests. */
  readonly origin: string;
  readonly version: string;
  readonly wasm: Uint8Array;
  readonly hash: Uint8Array;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const OWNER = createIdentity('owner of a released contract');
const OTHER = createIdentity('another');

/**
 * Upgrades a contract of every release that is kept under `releases/` to what is built now, through the
 * factory that is built now: with live data, all of which must be there afterwards, and go on.
 *
 * Where nothing was released yet, the module that is built stands in for a release.
 */
export function testReleases<Id extends string, Order extends Schema, Role extends string>(
  definition: FactoryDefinition<Id, Order, Role>,
  scenario: ReleaseScenario<Order>,
): void {
  const name = definition.id.replaceAll('-', '_');
  const plugin = { definition, canister: `${name}_factory`, contract: name };
  const sources = modulesOf(definition.id, name, definition.version);

  describe(`releases of ${definition.id}`, () => {
    let pic: PocketIc;
    let gateway: Relay;
    let factory: InstalledFactory;
    let target: KnownModule;

    beforeAll(async () => {
      pic = await PocketIc.create(inject('replicaUrl'));
      const sender = ADMINISTRATOR.getPrincipal();
      const id = await pic.createCanister({ sender, cycles: 200_000_000_000_000n });
      gateway = await installRelay(pic);
      factory = await installFactory(pic, plugin, id, ADMINISTRATOR, [gateway.id]);
      target = currentAfter(name, definition.version, sources.at(-1)!.version);
      await publish(target, false);
    });

    afterAll(async () => {
      await pic.tearDown();
    });

    it.each(sources)('$origin is upgraded with all that it holds', async (source) => {
      await publish(source, true);
      const contract = await make(source.version);
      await scenario.use(contract, 0);
      await settle();
      const before = await scenario.read(contract);

      factory.actor.setIdentity(OWNER);
      accepted(await factory.actor.requestUpgrade([contract.id], [target.version]));
      factory.actor.setIdentity(ADMINISTRATOR);
      expect(await upgradeOf(contract.id)).toEqual({ phase: 'Committed', reason: null });
      const facts = await canisterFacts(pic, contract.id, OWNER.getPrincipal());
      expect(facts.moduleHash).toEqual(target.hash);
      expect(await scenario.read(contract)).toEqual(before);

      await scenario.use(contract, 1);
      await settle();
      const any = actorFor(pic, AnyContract, contract.id);
      any.setIdentity(OWNER);
      expect(await any.contractHealth()).toMatchObject({
        version: target.version,
        eventsWaiting: 0,
        eventsDropped: 0,
      });
    });

    async function publish({ version, wasm, hash }: KnownModule, stable: boolean): Promise<void> {
      const module = await uploadModule(factory.actor, wasm, hash);
      accepted(await factory.actor.registerVersion(registrationOf(module, version, stable)));
    }

    /** Has the factory make a contract of its newest stable version. */
    async function make(version: string): Promise<LiveContract> {
      const owner = OWNER.getPrincipal();
      const order = encoder([definition.init])([scenario.order(peopleOf(owner, OTHER.getPrincipal()))] as never);
      const requestId = requestIdOf(version);
      const payment = { requestId, ledger: owner, amount: 0n, block: [] as [] };
      const ordering = gateway.to(AnyFactory, factory.id);
      const made = accepted(await ordering.createContract(owner, order, payment));
      expect(made.version).toBe(version);
      return { pic, id: made.id, owner: OWNER, other: OTHER };
    }

    async function settle(): Promise<void> {
      await pic.advanceTime(10_000);
      await pic.tick(5);
    }

    async function upgradeOf(contract: Principal) {
      for (let round = 0; round < 60; round += 1) {
        await settle();
        const { upgrade } = accepted(await factory.actor.getUpgrade(contract));
        const phase = Object.keys(upgrade[0]?.phase ?? {})[0] ?? '';
        if (['Committed', 'Restored', 'Failed'].includes(phase)) {
          return { phase, reason: upgrade[0]!.reason[0]?.code ?? null };
        }
      }
      throw new Error('The upgrade does not end');
    }
  });
}

/** The contract's modules of all releases, oldest first; what is built, if there is none. */
function modulesOf(id: string, name: string, version: string): KnownModule[] {
  const released = readReleases(ROOT, id).map(({ manifest, folder }) => {
    const { module, hash } = manifest.canisters.find((canister) => canister.name === name)!;
    const { version } = manifest;
    const bytes = hashed(readFileSync(join(folder, module!)));
    if (Buffer.from(bytes.hash).toString('hex') !== hash) {
      throw new Error(`${folder}/${module} is not the module that its manifest names`);
    }
    return { origin: `release ${version}`, version, ...bytes };
  });
  const origin = `the build of ${version}, as nothing is released yet,`;
  return released.length > 0 ? released : [{ origin, version, ...builtModule(name) }];
}

/** What is built now, as a version after `newest`. */
function currentAfter(name: string, version: string, newest: string): KnownModule {
  const { wasm, hash } = builtModule(name);
  if (compareVersions(parseVersion(version)!, parseVersion(newest)!) > 0) {
    return { origin: 'the build', version, wasm, hash };
  }
  const next = nextVersion(newest);
  return { origin: 'the build', version: next, ...hashed(renumbered(wasm, version, next)) };
}

function hashed(wasm: Uint8Array): Pick<KnownModule, 'wasm' | 'hash'> {
  const hash = createHash('sha256').update(wasm).digest();
  return { wasm: new Uint8Array(wasm), hash: new Uint8Array(hash) };
}
