import { type ActorOf, type Service, encoder, toIdlFactory } from '@fabrica/core/candid';
import type { Identity } from '@dfinity/agent';
import type { Actor, PocketIc } from '@hadronous/pic';
import type { Principal } from '@dfinity/principal';
import { builtModule } from './modules.ts';

/** An actor of a service described by schemas. */
export type ActorFor<S extends Service> = Actor<ActorOf<S>>;

/** Makes an actor of `service` for a canister. It calls anonymously until `setIdentity`. */
export function actorFor<S extends Service>(pic: PocketIc, service: S, id: Principal): ActorFor<S> {
  return pic.createActor<ActorOf<S>>(toIdlFactory(service), id) as ActorFor<S>;
}

/** Encodes the init arguments of a service, given as canister-side values. */
export function initArgument<S extends Service>(
  service: S,
  ...values: Parameters<ReturnType<typeof encoder<S['init']>>>[0]
): ArrayBufferLike {
  const bytes = encoder(service.init)(values as never);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** Installs a built module into an empty canister. */
export async function installBuilt(
  pic: PocketIc,
  name: string,
  canisterId: Principal,
  arg: ArrayBufferLike,
  sender: Principal,
): Promise<void> {
  const { wasm } = builtModule(name);
  await pic.installCode({ canisterId, wasm: wasm.slice().buffer, arg, sender });
}

/** Upgrades a canister to a built module, as one of its controllers; calls that are under way stay so. */
export async function upgradeBuilt(
  pic: PocketIc,
  name: string,
  canisterId: Principal,
  controller: Identity,
): Promise<void> {
  const { wasm } = builtModule(name);
  const sender = controller.getPrincipal();
  await pic.upgradeCanister({ canisterId, wasm: wasm.slice().buffer, sender });
}
