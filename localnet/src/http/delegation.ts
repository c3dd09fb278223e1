import { badRequest } from '../web/request-error.ts';
import { CborFields } from './cbor-fields.ts';
import { hashOfMap } from './content-hash.ts';

/** Delegations in a chain at most, and targets of each. */
const MAX_DELEGATIONS = 20;
const MAX_TARGETS = 1000;

/** A right to sign, given by one key to the next. */
export interface SignedDelegation {
  /** The key that may sign, DER. */
  readonly publicKey: Uint8Array;
  /** Until when, nanoseconds since the epoch. */
  readonly expiration: bigint;
  /** Canisters it is limited to; null for all. */
  readonly targets: readonly Uint8Array[] | null;
  /** The representation-independent hash, which is signed. */
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
}

/** `sender_delegation` of an envelope. @throws RequestError 400 */
export function readDelegations(envelope: CborFields): readonly SignedDelegation[] {
  return envelope.array('sender_delegation', MAX_DELEGATIONS).map((value) => {
    const signed = new CborFields(value, 'sender_delegation');
    signed.only('delegation', 'signature');
    const delegation = signed.map('delegation');
    delegation.only('pubkey', 'expiration', 'targets');
    const hasTargets = delegation.has('targets');
    return {
      publicKey: delegation.bytes('pubkey'),
      expiration: delegation.u64('expiration'),
      targets: hasTargets ? delegation.byteStrings('targets', MAX_TARGETS) : null,
      hash: hashOfMap(delegation.entries()),
      signature: signed.bytes('signature'),
    };
  });
}

/** The delegations of a chain may be used now, for this canister, and form no circle. */
export function checkDelegations(
  publicKey: Uint8Array,
  delegations: readonly SignedDelegation[],
  now: bigint,
  canisterId: Uint8Array | null,
): void {
  const keys = new Set([hex(publicKey)]);
  for (const delegation of delegations) {
    const { expiration, targets } = delegation;
    if (expiration < now) {
      throw badRequest(`Invalid delegation expiry: it expired at ${expiration}, now is ${now}.`);
    }
    if (keys.has(hex(delegation.publicKey))) {
      throw badRequest('Invalid delegation: the chain contains a cycle, a key appears twice.');
    }
    keys.add(hex(delegation.publicKey));
    if (targets === null || canisterId === null) continue;
    if (!targets.some((target) => Buffer.compare(target, canisterId) === 0)) {
      throw badRequest('Invalid delegation: the canister is not one of its targets.');
    }
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
