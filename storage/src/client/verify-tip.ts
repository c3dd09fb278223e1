import { Certificate, lookupResultToBuffer } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { equal } from '@fabrica/core/store';
import { faulty, type Verdict } from './verdict.ts';

/** Whom to believe, and about what. */
export interface Trust {
  /** The storage canister. */
  readonly canisterId: Principal;
  /** The network's public key in DER, e.g. `agent.rootKey`. */
  readonly rootKey: Uint8Array;
  /** Oldest certificate to accept, in minutes; the agent's own default is 5. */
  readonly maxAgeInMinutes?: number;
}

/** The answer of `getTip`, as agents shape it. */
export interface TipAnswer {
  readonly length: bigint;
  readonly hash: Uint8Array | number[];
  readonly certificate: [] | [Uint8Array | number[]];
}

/**
 * Checks that the network certified the hash of a tip. The length is not part of what is certified: it
 * is proven when the chain up to it comes to that hash.
 */
export async function verifyTip(
  { length, hash, certificate }: TipAnswer,
  { canisterId, rootKey, maxAgeInMinutes }: Trust,
): Promise<Verdict> {
  const [sent] = certificate;
  if (sent === undefined) {
    return faulty('certificate', null, 'The answer holds no certificate; ask in a query.');
  }
  try {
    const checked = await Certificate.create({
      certificate: Uint8Array.from(sent),
      rootKey,
      canisterId,
      ...(maxAgeInMinutes === undefined ? {} : { maxAgeInMinutes }),
    });
    const path = ['canister', canisterId.toUint8Array(), 'certified_data'];
    const certified = lookupResultToBuffer(checked.lookup_path(path));
    const stated = Uint8Array.from(hash);
    if (certified === undefined || !equal(certified, stated)) {
      return faulty('certificate', null, 'The network certified another hash for this canister.');
    }
    return { ok: true, length: Number(length), hash: stated };
  } catch (error) {
    return faulty('certificate', null, error instanceof Error ? error.message : String(error));
  }
}
