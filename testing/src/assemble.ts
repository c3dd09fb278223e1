import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { GatewayService } from '@fabrica/gateway';
import { AuditStorage, InvoiceStorage } from '@fabrica/storage';
import { TokenContract, TokenFactory } from '@fabrica/token';
import type { PocketIc } from '@hadronous/pic';
import { actorFor, initArgument, installBuilt, type ActorFor } from './canisters.ts';
import { builtModule } from './modules.ts';
import { accepted } from './results.ts';

/** Cycles that each canister of the system is created with. */
const CYCLES = 100_000_000_000_000n;
/** A piece of a module, within the chunk store's limit of 1 MiB. */
const PIECE_BYTES = 1_000_000;
/** What an order of a token costs in an assembled system, in the fee token's smallest unit. */
export const TOKEN_PRICE = 1_000_000_000n;
/** The fee token's own fee for a transfer. */
export const LEDGER_FEE = 10_000n;
/** What the administrator holds of the fee token at the start. */
export const TREASURY = 1_000_000_000_000_000n;

/** Canister ids by their names in `dfx.json`; `ledger` is the fee token. */
export interface SystemIds {
  readonly ledger: Principal;
  readonly audit: Principal;
  readonly invoice: Principal;
  readonly gateway: Principal;
  readonly tokenFactory: Principal;
}

/** A whole system, deployed and wired. The actors call as the administrator. */
export interface System {
  readonly pic: PocketIc;
  readonly ids: SystemIds;
  readonly ledger: ActorFor<typeof TokenContract>;
  readonly audit: ActorFor<typeof AuditStorage>;
  readonly invoice: ActorFor<typeof InvoiceStorage>;
  readonly gateway: ActorFor<typeof GatewayService>;
  readonly tokenFactory: ActorFor<typeof TokenFactory>;
}

/** Runs one named step; a caller may show its progress. */
export type Stepper = <T>(name: string, step: () => Promise<T>) => Promise<T>;

/** Deploys and wires every canister of the system on a network. */
export async function assemble(
  pic: PocketIc,
  administrator: Identity,
  step: Stepper = (_, run) => run(),
): Promise<System> {
  const sender = administrator.getPrincipal();
  const me = sender.toUint8Array();
  const create = () => pic.createCanister({ sender, cycles: CYCLES });

  const ids = await step('create canisters', async () => ({
    ledger: await create(),
    audit: await create(),
    invoice: await create(),
    gateway: await create(),
    tokenFactory: await create(),
  }));
  const bytes = (id: Principal) => id.toUint8Array();
  const install = (name: string, id: Principal, argument: ArrayBufferLike) =>
    installBuilt(pic, name, id, argument, sender);

  await step('install fee ledger', () =>
    install('token', ids.ledger, initArgument(TokenContract, feeToken(me))),
  );
  const storage = { administrators: [me], writers: [bytes(ids.gateway)] };
  await step('install audit storage', () =>
    install('audit', ids.audit, initArgument(AuditStorage, storage)),
  );
  await step('install invoice storage', () =>
    install('invoice', ids.invoice, initArgument(InvoiceStorage, storage)),
  );
  await step('install gateway', () =>
    install(
      'gateway',
      ids.gateway,
      initArgument(GatewayService, {
        administrators: [me],
        ledger: bytes(ids.ledger),
        audit: bytes(ids.audit),
        invoice: bytes(ids.invoice),
        treasury: { owner: me, subaccount: null },
      }),
    ),
  );
  await step('install token factory', () =>
    install(
      'token_factory',
      ids.tokenFactory,
      initArgument(TokenFactory, { administrators: [me], gateways: [bytes(ids.gateway)] }),
    ),
  );

  const system: System = {
    pic,
    ids,
    ledger: actorFor(pic, TokenContract, ids.ledger),
    audit: actorFor(pic, AuditStorage, ids.audit),
    invoice: actorFor(pic, InvoiceStorage, ids.invoice),
    gateway: actorFor(pic, GatewayService, ids.gateway),
    tokenFactory: actorFor(pic, TokenFactory, ids.tokenFactory),
  };
  for (const actor of [
    system.ledger,
    system.audit,
    system.invoice,
    system.gateway,
    system.tokenFactory,
  ]) {
    actor.setIdentity(administrator);
  }
  await step('register token contract', () =>
    registerModule(system.tokenFactory, 'token', '0.1.0'),
  );
  await step('wire gateway', async () => {
    accepted(await system.gateway.registerFactory('token', ids.tokenFactory));
    accepted(await system.gateway.setConfigValue('token.fee', { Nat: TOKEN_PRICE }));
    // A changed fee holds once the quotes given before it have run out.
    await pic.advanceTime(10 * 60 * 1000);
    await pic.tick(2);
  });
  return system;
}

/** Uploads a built module to a factory in pieces, and registers it as a stable version. */
export async function registerModule(
  factory: ActorFor<typeof TokenFactory>,
  name: string,
  version: string,
): Promise<void> {
  const { wasm, hash } = builtModule(name);
  const chunks: (Uint8Array | number[])[] = [];
  for (let at = 0; at < wasm.length; at += PIECE_BYTES) {
    chunks.push(accepted(await factory.uploadModuleChunk(wasm.subarray(at, at + PIECE_BYTES))));
  }
  const notes = 'Assembled from this checkout.';
  accepted(
    await factory.registerVersion({ version, moduleHash: hash, chunks, notes, stable: true }),
  );
}

/** The ledger that orders are paid in: the project's own token contract, made by nobody's factory. */
function feeToken(owner: Uint8Array) {
  return {
    factory: new Uint8Array(),
    owner,
    order: {
      name: 'Fabrica Fee Token',
      symbol: 'FAB',
      decimals: 8,
      fee: LEDGER_FEE,
      logo: null,
      initialBalances: [{ account: { owner, subaccount: null }, amount: TREASURY }],
      maxSupply: null,
      minter: null,
      feeCollector: null,
      description: null,
      website: null,
    },
  };
}
