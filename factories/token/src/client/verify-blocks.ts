import { Cbor, Certificate, lookupResultToBuffer, lookup_path, reconstruct } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { equal } from '@fabrica/core/store';

import type { AgentBlock, Value } from '../icrc3-schema.ts';
import { ValueHasher } from '../model/icrc3/value-hash.ts';

/** Whom to believe, and about what. */
export interface Trust {
  /** The ledger. */
  readonly canisterId: Principal;
  /** The network's public key in DER, e.g. `agent.rootKey`. */
  readonly rootKey: Uint8Array;
  /** Oldest certificate to accept, in minutes; the agent's own default is 5. */
  readonly maxAgeInMinutes?: number;
}

/** Where the network says that a ledger's log ends. */
export interface CertifiedTip {
  readonly index: bigint;
  readonly hash: Uint8Array;
}

/** The answer of `icrc3_get_tip_certificate`, unwrapped. */
export interface TipAnswer {
  readonly certificate: Uint8Array | number[];
  readonly hash_tree: Uint8Array | number[];
}

/**
 * Checks the certificate of a ledger's tip: any ledger of ICRC-3.
 *
 * @throws Error if the network did not certify it.
 */
export async function verifyTip(answer: TipAnswer, trust: Trust): Promise<CertifiedTip> {
  const { canisterId, rootKey, maxAgeInMinutes } = trust;
  const certificate = await Certificate.create({
    certificate: Uint8Array.from(answer.certificate),
    rootKey,
    canisterId,
    ...(maxAgeInMinutes === undefined ? {} : { maxAgeInMinutes }),
  });
  const path = ['canister', canisterId.toUint8Array(), 'certified_data'];
  const certified = lookupResultToBuffer(certificate.lookup_path(path));
  const tree: Parameters<typeof reconstruct>[0] = Cbor.decode(Uint8Array.from(answer.hash_tree));
  if (certified === undefined || !equal(certified, new Uint8Array(await reconstruct(tree)))) {
    throw new Error('The network certified another tree for this canister.');
  }
  const hash = lookupResultToBuffer(lookup_path(['last_block_hash'], tree));
  const index = lookupResultToBuffer(lookup_path(['last_block_index'], tree));
  if (hash === undefined || index === undefined) throw new Error('The tree names no last block.');
  return { index: readLeb128(index), hash };
}

/** A block as `icrc3_get_blocks` returns it. */
export interface BlockAnswer {
  readonly id: bigint;
  readonly block: AgentBlock;
}

/**
 * Checks that blocks are those that a ledger certified. A long log is checked in parts, newest first.
 *
 * @param blocks without gaps, oldest first; the last one is the tip's.
 * @param tip what the network certified, or what checking a later part returned.
 * @returns the tip of the part before, `null` if there is none.
 * @throws Error naming the first block from the end that is not the one that the next one names.
 */
export function verifyBlocks(
  blocks: readonly BlockAnswer[],
  tip: CertifiedTip,
): CertifiedTip | null {
  const hasher = new ValueHasher();
  let { index, hash }: { index: bigint; hash: Uint8Array | null } = tip;
  for (const { id, block } of [...blocks].reverse()) {
    if (id !== index)
      throw new Error(`Block ${index} is missing, block ${id} stands in its place.`);
    const value = plain(block);
    if (hash === null || !equal(hasher.hash(value), hash)) {
      throw new Error(`Block ${id} is not the one that was certified.`);
    }
    hash = parentOf(value);
    index -= 1n;
  }
  if (index < 0n !== (hash === null)) {
    throw new Error(
      `Block ${index + 1n} ${hash === null ? 'names no' : 'is the first and names a'} parent.`,
    );
  }
  return hash === null ? null : { index, hash };
}

function parentOf(block: Value): Uint8Array | null {
  if (!('Map' in block)) throw new Error('A block of ICRC-3 is a map.');
  const phash = block.Map.find(([key]) => key === 'phash')?.[1];
  return phash !== undefined && 'Blob' in phash ? phash.Blob : null;
}

/** A value as agents shape it, as the model does. */
function plain(value: AgentBlock): Value {
  if ('Blob' in value) return { Blob: Uint8Array.from(value.Blob) };
  if ('Array' in value) return { Array: value.Array.map(plain) };
  if ('Map' in value) return { Map: value.Map.map(([key, each]) => [key, plain(each)]) };
  return value;
}

function readLeb128(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 7n) | BigInt(byte & 0x7f), 0n);
}
