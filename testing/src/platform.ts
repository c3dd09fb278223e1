import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import type { PocketIc } from '@hadronous/pic';

/** What the platform says of a canister to one of its controllers. */
export interface CanisterFacts {
  readonly controllers: readonly Principal[];
  /** SHA-256 of the module it runs; `null` if it is empty. */
  readonly moduleHash: Uint8Array | null;
}

const Argument = IDL.Record({ canister_id: IDL.Principal });
const Status = IDL.Record({
  settings: IDL.Record({ controllers: IDL.Vec(IDL.Principal) }),
  module_hash: IDL.Opt(IDL.Vec(IDL.Nat8)),
});

/** Asks the platform, as `sender`, who controls a canister and what it runs. @throws if it is not a controller. */
export async function canisterFacts(
  pic: PocketIc,
  canister: Principal,
  sender: Principal,
): Promise<CanisterFacts> {
  const subnet = await pic.getCanisterSubnetId(canister);
  if (subnet === null) throw new Error(`No subnet holds ${canister.toText()}`);
  const reply = await pic.updateCall({
    canisterId: Principal.managementCanister(),
    method: 'canister_status',
    arg: exact(IDL.encode([Argument], [{ canister_id: canister }])),
    sender,
    targetSubnetId: subnet,
  });
  const [status] = IDL.decode([Status], new Uint8Array(reply)) as unknown as [
    { settings: { controllers: Principal[] }; module_hash: [] | [Uint8Array | number[]] },
  ];
  const [hash] = status.module_hash;
  return {
    controllers: status.settings.controllers,
    moduleHash: hash === undefined ? null : Uint8Array.from(hash),
  };
}

/** The bytes alone: the client sends a buffer whole. */
function exact(bytes: Uint8Array): ArrayBufferLike {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
