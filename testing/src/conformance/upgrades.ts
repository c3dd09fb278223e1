import { createHash } from 'node:crypto';
import type { Principal } from '@dfinity/principal';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { settle } from '../books.ts';
import { actorFor } from '../canisters.ts';
import { builtModule } from '../modules.ts';
import { requestIdOf } from '../orders.ts';
import { canisterFacts } from '../platform.ts';
import { AnyFactory, registrationOf, uploadModule } from '../plugins.ts';
import { accepted } from '../results.ts';
import { newUser, type User } from '../users.ts';
import { contractOf } from './any-contract.ts';
import { MANNERS } from './manners.ts';
import { nextVersion, renumbered } from '../releases/next-version.ts';
import { peopleOf, type OwnedContract, type Subject } from './options.ts';
import type { PuppetStage } from './puppets.ts';
import { OTHER, type Stage } from './stage.ts';
import { rewrapped } from './rewrapped.ts';
import { BACK, crashUpgrade, FORWARD, type UpgradeCall } from './upgrade-crash.ts';

/** Registered under this number is a module that says another one: an upgrade to it is taken back. */
const WRONG = '8999.0.0';

/** Lost answers end like callbacks that trap: the call was carried out, and the factory does not know. */
const UNLIKE = MANNERS.filter((manner) => manner !== 'loses its answer');

const table = (calls: readonly UpgradeCall[]) =>
  calls.flatMap((call) => UNLIKE.map((manner) => ({ ...call, manner })));

/**
 * An upgrade may be cut short anywhere: afterwards the contract runs, with its data, the version that the factory
 * says it runs, and the upgrade has ended.
 */
export function describeUpgrades(
  subject: Subject,
  stage: () => Stage,
  puppets: () => PuppetStage,
): void {
  const { definition, plugin, encodeOrder } = subject;

  describe.skipIf(inject('replicaIsReal'))('upgrades', () => {
    let owner: User;
    let next: string;
    let lasting: OwnedContract;

    beforeAll(async () => {
      const { actor } = stage().factory;
      owner = await newUser(stage().system, 'owner of what is upgraded', {});
      // Orders without the gateway's part: upgrades are not paid.
      const { administrators, gateways } = await actor.getWhitelist();
      accepted(
        await actor.setupWhitelist({
          administrators,
          gateways: [...gateways, puppets().gateway.id],
        }),
      );
      const { wasm } = builtModule(plugin.contract);
      next = nextVersion(definition.version);
      await register(renumbered(wasm, definition.version, next), next);
      await register(rewrapped(wasm), WRONG);
      lasting = await order();
    });

    it.each(table(FORWARD))('are carried out all the same if $method $manner', async (point) => {
      const contract = await order();
      const { phase, hits } = await upgraded(contract, next, point);
      expect({ phase, hits }).toEqual({ phase: 'Committed', hits: 1 });
      expect(await stateOf(contract)).toMatchObject({ version: next });
    });

    it.each(table(BACK))('are taken back all the same if $method $manner', async (point) => {
      const { phase, hits } = await upgraded(lasting, WRONG, point);
      expect({ phase, hits }).toEqual({ phase: 'Restored', hits: 1 });
      expect(await stateOf(lasting)).toMatchObject({ version: definition.version });
    });

    async function register(wasm: Uint8Array, version: string) {
      const { actor } = stage().factory;
      const hash = new Uint8Array(createHash('sha256').update(wasm).digest());
      const module = await uploadModule(actor, wasm, hash);
      // Not stable: orders go on to be of the first one.
      accepted(await actor.registerVersion(registrationOf(module, version, false)));
    }

    let orders = 0;
    /** A contract with a mark on it: it is hidden. */
    async function order(): Promise<OwnedContract> {
      const { system, factory } = stage();
      orders += 1;
      const requestId = requestIdOf(`upgraded ${orders}`);
      const payment = { requestId, ledger: system.ids.ledger, amount: 0n, block: [] as [] };
      const ordering = puppets().gateway.to(AnyFactory, factory.id);
      const bytes = encodeOrder(peopleOf(owner.principal, OTHER));
      const { id } = accepted(await ordering.createContract(owner.principal, bytes, payment));
      const contract = { pic: system.pic, id, owner };
      await subject.settings.setVisibility(contract, false);
      // What a contract does by itself after its birth is done.
      await settle(system);
      return contract;
    }

    /** Upgrades while a call goes wrong, and sees that all is as it was, but for the version. */
    async function upgraded(
      contract: OwnedContract,
      version: string,
      point: UpgradeCall & { readonly manner: (typeof MANNERS)[number] },
    ) {
      const before = await stateOf(contract);
      const asOwner = actorFor(contract.pic, AnyFactory, stage().factory.id);
      asOwner.setIdentity(owner.identity);
      const ended = await crashUpgrade(stage(), contract.id, point, point.manner, async () => {
        accepted(await asOwner.requestUpgrade([contract.id], [version]));
      });
      const { version: after, ...rest } = await stateOf(contract);
      expect({ ...rest, version: before.version }).toEqual(before);
      expect(after).toBe(await recorded(contract.id, owner.principal));
      return ended;
    }
  });

  /** What the factory says a contract runs, which is what the platform says. */
  async function recorded(id: Principal, owner: Principal): Promise<string> {
    const { system, factory } = stage();
    const { moduleHash, version } = accepted(await factory.actor.getContractInfo(id));
    const facts = await canisterFacts(system.pic, id, owner);
    expect(Uint8Array.from(moduleHash)).toEqual(facts.moduleHash);
    return version;
  }

  /** What a contract that runs says of itself: a stopped one says nothing. */
  async function stateOf(contract: OwnedContract) {
    const { version, status, isPublic, factory, owner } =
      await contractOf(contract).contractHealth();
    const state = await subject.state(contract);
    return { version, status, isPublic, factory, owner, state };
  }
}
