import type { ActorMethod } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import { toIdlFactory, type ActorOf, type Service } from '@fabrica/core/candid';
import type { Actor, PocketIc } from '@hadronous/pic';
import { compileMotoko } from './motoko.ts';

/** A canister that sends whatever it is told, to whom it is told: it plays gateways, contracts and strangers. */
const SOURCE = `
  import Prim "mo:⛔";
  persistent actor {
    public func send(target : Principal, method : Text, argument : Blob) : async Blob {
      await Prim.call_raw(target, method, argument)
    };
  }`;

interface Relaying {
  send: ActorMethod<[Principal, string, Uint8Array], Uint8Array | number[]>;
}

const relayIdl: IDL.InterfaceFactory = ({ IDL: idl }) =>
  idl.Service({
    send: idl.Func([idl.Principal, idl.Text, idl.Vec(idl.Nat8)], [idl.Vec(idl.Nat8)], []),
  });

/** A relay: what is called through it is called by a canister. */
export interface Relay {
  readonly id: Principal;
  /** An actor of `service` whose calls reach `target` from the relay. A rejection becomes an exception. */
  to<S extends Service>(service: S, target: Principal): ActorOf<S>;
}

let compiled: Promise<Uint8Array> | undefined;

/** The relay's module, which a test may also register at a factory, as the code of a contract. */
export function relayModule(): Promise<Uint8Array> {
  return (compiled ??= compileMotoko(SOURCE));
}

/** Installs a relay. */
export async function installRelay(pic: PocketIc): Promise<Relay> {
  const module = await relayModule();
  const { canisterId } = await pic.setupCanister<Relaying>({
    idlFactory: relayIdl,
    wasm: module.slice().buffer,
  });
  return relayAt(pic, canisterId);
}

/** The relay that runs in a canister already. */
export function relayAt(pic: PocketIc, id: Principal): Relay {
  const relay = pic.createActor<Relaying>(relayIdl, id);
  return { id, to: (service, target) => relayed(relay, service, target) };
}

function relayed<S extends Service>(
  relay: Actor<Relaying>,
  service: S,
  target: Principal,
): ActorOf<S> {
  const methods = toIdlFactory(service)({ IDL })._fields.map(([name, { argTypes, retTypes }]) => {
    const method = async (...values: unknown[]): Promise<unknown> => {
      const argument = IDL.encode(argTypes, values);
      const reply = await relay.send(target, name, new Uint8Array(argument));
      return IDL.decode(retTypes, Uint8Array.from(reply))[0];
    };
    return [name, method] as const;
  });
  return Object.fromEntries(methods) as unknown as ActorOf<S>;
}
