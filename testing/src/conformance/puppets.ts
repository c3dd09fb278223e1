import type { Principal } from '@dfinity/principal';
import { capitalized, factoryService } from '@fabrica/core';
import type { ActorOf } from '@fabrica/core/candid';
import { createHash } from 'node:crypto';
import { ADMINISTRATOR } from '../open-system.ts';
import { requestIdOf } from '../orders.ts';
import { AnyFactory, installFactory, registrationOf, uploadModule } from '../plugins.ts';
import type { InstalledFactory } from '../plugins.ts';
import { installRelay, relayAt, relayModule, type Relay } from '../relay.ts';
import { accepted, type RefusalValue } from '../results.ts';
import { peopleOf } from './options.ts';
import { OTHER, type Stage } from './stage.ts';

/** What a callback answers. */
export type Told = { Ok: unknown } | { Err: RefusalValue };

/** Tells the factory of a role: contract, user, sequence number. */
export type RoleCallback = (
  contract: Principal,
  user: Principal,
  sequence: bigint,
) => Promise<Told>;

/** A contract of the factory whose code only passes on what the test has it say. */
export interface Puppet {
  readonly id: Principal;
  /** The factory, as the puppet calls it. */
  readonly calls: ActorOf<typeof AnyFactory>;
  /** The callback for a role of the definition. */
  role(role: string, change: 'Added' | 'Removed'): RoleCallback;
}

/** A second factory of the same module, whose contracts are puppets and whose gateway is a relay: orders are free. */
export interface PuppetStage {
  readonly factory: InstalledFactory;
  /** Its gateway. To the other factory, the one under test, it is a strange canister. */
  readonly gateway: Relay;
  /** Has the factory make one more puppet. */
  order(owner: Principal): Promise<Puppet>;
}

/** Installs the second factory, and registers the relay as its contract's code. */
export async function openPuppets({ system, subject }: Stage): Promise<PuppetStage> {
  const { pic, ids } = system;
  const { definition, plugin } = subject;
  const gateway = await installRelay(pic);
  const sender = ADMINISTRATOR.getPrincipal();
  const id = await pic.createCanister({ sender, cycles: 100_000_000_000_000n });
  const factory = await installFactory(pic, plugin, id, ADMINISTRATOR, [gateway.id]);
  const wasm = await relayModule();
  const hash = new Uint8Array(createHash('sha256').update(wasm).digest());
  const module = await uploadModule(factory.actor, wasm, hash);
  accepted(await factory.actor.registerVersion(registrationOf(module, definition.version)));

  const service = factoryService(definition);
  const ordering = gateway.to(AnyFactory, id);
  let orders = 0;
  return {
    factory,
    gateway,
    async order(owner) {
      orders += 1;
      const requestId = requestIdOf(`puppet ${orders}`);
      const payment = { requestId, ledger: ids.ledger, amount: 0n, block: [] as [] };
      const bytes = subject.encodeOrder(peopleOf(owner, OTHER));
      const info = accepted(await ordering.createContract(owner, bytes, payment));
      const puppet = relayAt(pic, info.id);
      const calls = puppet.to(service, id) as unknown as Record<string, RoleCallback>;
      return {
        id: info.id,
        calls: puppet.to(AnyFactory, id),
        role: (role, change) => calls[`notify${capitalized(role)}${change}`]!,
      };
    },
  };
}
