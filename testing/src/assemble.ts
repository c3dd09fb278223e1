import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { GatewayService } from '@fabrica/gateway';
import { AuditStorage, InvoiceStorage } from '@fabrica/storage';
import { TokenContract } from '@fabrica/token';
import type { PocketIc } from '@hadronous/pic';
import { actorFor, initArgument, installBuilt, type ActorFor } from './canisters.ts';
import { feeToken } from './fee-token.ts';
import { installFactory, registerModule, type DeployedFactory, type Plugin } from './plugins.ts';
import { accepted } from './results.ts';

/** Cycles that each canister of the system is created with. */
const CYCLES = 100_000_000_000_000n;
/** What an order costs in an assembled system, in the fee token's smallest unit. */
export const ORDER_PRICE = 1_000_000_000n;

/** Canister ids of what every system has; `ledger` is the fee token. */
export interface CoreIds {
  readonly ledger: Principal;
  readonly audit: Principal;
  readonly invoice: Principal;
  readonly gateway: Principal;
}

/** What every system has, deployed and wired. The actors call as the administrator. */
export interface CoreSystem {
  readonly pic: PocketIc;
  readonly ids: CoreIds;
  readonly ledger: ActorFor<typeof TokenContract>;
  readonly audit: ActorFor<typeof AuditStorage>;
  readonly invoice: ActorFor<typeof InvoiceStorage>;
  readonly gateway: ActorFor<typeof GatewayService>;
}

/** A system with factories, by their ids at the gateway. */
export interface AssembledSystem extends CoreSystem {
  readonly factories: ReadonlyMap<string, DeployedFactory>;
}

/** Runs one named step; a caller may show its progress. */
export type Stepper = <T>(name: string, step: () => Promise<T>) => Promise<T>;

/** What to assemble, and how to show it. */
export interface Assembly {
  readonly factories: readonly Plugin[];
  readonly step?: Stepper;
}

/** Deploys and wires the core and the factories asked for, each at {@link ORDER_PRICE} an order. */
export async function assemble(
  pic: PocketIc,
  administrator: Identity,
  { factories, step = (_, run) => run() }: Assembly,
): Promise<AssembledSystem> {
  const core = await assembleCore(pic, administrator, step);
  const deployed = new Map<string, DeployedFactory>();
  for (const plugin of factories) {
    const { definition, contract } = plugin;
    if (deployed.has(definition.id)) throw new Error(`Two factories are called ${definition.id}`);
    const factory = await step(`install ${definition.id} factory`, async () => {
      const id = await pic.createCanister({ sender: administrator.getPrincipal(), cycles: CYCLES });
      return installFactory(pic, plugin, id, administrator, [core.ids.gateway]);
    });
    const module = await step(`register ${definition.id} contract`, () =>
      registerModule(factory.actor, contract, definition.version),
    );
    deployed.set(definition.id, { ...factory, module });
  }
  await step('wire gateway', async () => {
    for (const [id, factory] of deployed) {
      accepted(await core.gateway.registerFactory(id, factory.id));
      accepted(await core.gateway.setConfigValue(`${id}.fee`, { Nat: ORDER_PRICE }));
    }
    // A changed fee holds once the quotes given before it have run out.
    await pic.advanceTime(10 * 60 * 1000);
    await pic.tick(2);
  });
  return { ...core, factories: deployed };
}

async function assembleCore(
  pic: PocketIc,
  administrator: Identity,
  step: Stepper,
): Promise<CoreSystem> {
  const sender = administrator.getPrincipal();
  const me = sender.toUint8Array();
  const create = () => pic.createCanister({ sender, cycles: CYCLES });
  const ids: CoreIds = await step('create canisters', async () => ({
    ledger: await create(),
    audit: await create(),
    invoice: await create(),
    gateway: await create(),
  }));
  const bytes = (id: Principal) => id.toUint8Array();
  const install = (name: string, id: Principal, argument: ArrayBufferLike) =>
    step(`install ${name}`, () => installBuilt(pic, name, id, argument, sender));

  // The fee ledger: the project's own token contract.
  await install('token', ids.ledger, initArgument(TokenContract, feeToken(me)));
  const storage = { administrators: [me], writers: [bytes(ids.gateway)] };
  await install('audit', ids.audit, initArgument(AuditStorage, storage, null));
  await install('invoice', ids.invoice, initArgument(InvoiceStorage, storage, null));
  const wiring = {
    administrators: [me],
    ledger: bytes(ids.ledger),
    audit: bytes(ids.audit),
    invoice: bytes(ids.invoice),
    treasury: { owner: me, subaccount: null },
  };
  await install('gateway', ids.gateway, initArgument(GatewayService, wiring));

  const ledger = actorFor(pic, TokenContract, ids.ledger);
  const audit = actorFor(pic, AuditStorage, ids.audit);
  const invoice = actorFor(pic, InvoiceStorage, ids.invoice);
  const gateway = actorFor(pic, GatewayService, ids.gateway);
  for (const actor of [ledger, audit, invoice, gateway]) actor.setIdentity(administrator);
  return { pic, ids, ledger, audit, invoice, gateway };
}
