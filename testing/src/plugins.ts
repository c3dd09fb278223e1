import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { FactoryInit, factoryMethods, type FactoryDefinition } from '@fabrica/core';
import { service } from '@fabrica/core/candid';
import type { PocketIc } from '@hadronous/pic';
import { actorFor, initArgument, installBuilt, type ActorFor } from './canisters.ts';
import { builtModule } from './modules.ts';
import { accepted } from './results.ts';

/** A piece of a module, within the chunk store's limit of 1 MiB. */
const PIECE_BYTES = 1_000_000;

/** What every factory offers, whatever it makes. */
export const AnyFactory = service('Factory', factoryMethods, [FactoryInit]);

/** A factory type and its two modules, by their names in `dfx.json`. */
export interface Plugin {
  readonly definition: PluginDefinition;
  /** The factory's canister, such as `token_factory`. */
  readonly canister: string;
  /** The contract that it makes, such as `token`. */
  readonly contract: string;
}

/** What the harness needs of a definition; every `defineFactory` value is one. */
export type PluginDefinition = Pick<FactoryDefinition, 'id' | 'version' | 'roles' | 'cycles'>;

/** A factory canister. The actor calls as the administrator. */
export interface InstalledFactory {
  readonly plugin: Plugin;
  readonly id: Principal;
  readonly actor: ActorFor<typeof AnyFactory>;
}

/** A factory that can make its contract. */
export interface DeployedFactory extends InstalledFactory {
  /** The contract's module, registered as the version of the definition. */
  readonly module: UploadedModule;
}

/** A module that lies in a factory's chunk store. */
export interface UploadedModule {
  /** SHA-256 of the whole. */
  readonly hash: Uint8Array;
  /** SHA-256 of each piece, in order. */
  readonly chunks: readonly (Uint8Array | number[])[];
}

/** Installs a plugin's factory into an empty canister, whitelisting the gateways. */
export async function installFactory(
  pic: PocketIc,
  plugin: Plugin,
  id: Principal,
  administrator: Identity,
  gateways: readonly Principal[],
): Promise<InstalledFactory> {
  const sender = administrator.getPrincipal();
  const argument = initArgument(AnyFactory, {
    administrators: [sender.toUint8Array()],
    gateways: gateways.map((gateway) => gateway.toUint8Array()),
  });
  await installBuilt(pic, plugin.canister, id, argument, sender);
  const actor = actorFor(pic, AnyFactory, id);
  actor.setIdentity(administrator);
  return { plugin, id, actor };
}

/** Uploads a built module to a factory in pieces, and registers it as a stable version. */
export async function registerModule(
  factory: Pick<ActorFor<typeof AnyFactory>, 'uploadModuleChunk' | 'registerVersion'>,
  name: string,
  version: string,
): Promise<UploadedModule> {
  const { wasm, hash } = builtModule(name);
  const module = await uploadModule(factory, wasm, hash);
  accepted(await factory.registerVersion(registrationOf(module, version)));
  return module;
}

/** Uploads a module to a factory in pieces. */
export async function uploadModule(
  factory: Pick<ActorFor<typeof AnyFactory>, 'uploadModuleChunk'>,
  wasm: Uint8Array,
  hash: Uint8Array,
): Promise<UploadedModule> {
  const chunks: (Uint8Array | number[])[] = [];
  for (let at = 0; at < wasm.length; at += PIECE_BYTES) {
    chunks.push(accepted(await factory.uploadModuleChunk(wasm.subarray(at, at + PIECE_BYTES))));
  }
  return { hash, chunks };
}

/** What registers an uploaded module as a version. */
export function registrationOf({ hash, chunks }: UploadedModule, version: string, stable = true) {
  const notes = 'Assembled from this checkout.';
  return { version, moduleHash: hash, chunks: [...chunks], notes, stable };
}
