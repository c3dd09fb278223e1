import { bls12_381 } from '@noble/curves/bls12-381';
import { ed25519 } from '@noble/curves/ed25519';
import { sha224, sha256 } from '@noble/hashes/sha2';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils';

/** Header of a BLS12-381 G2 public key in DER. */
const BLS_DER = hexToBytes(
  '308182301d060d2b0601040182dc7c0503010201060c2b0601040182dc7c05030201036100',
);
/** Header of an Ed25519 public key in DER. */
const ED25519_DER = hexToBytes('302a300506032b6570032100');

/** A key pair and the principal it authenticates. */
export interface Keys {
  readonly secretKey: Uint8Array;
  /** DER. */
  readonly publicKey: Uint8Array;
  readonly id: Uint8Array;
}

/** SHA-224 of a DER key, then 02. */
export function selfAuthenticating(publicKey: Uint8Array): Uint8Array {
  return concatBytes(sha224(publicKey), Uint8Array.of(2));
}

/** 32 bytes that depend on a seed, a purpose and a number. */
export function derive(seed: Uint8Array, purpose: string, index: number): Uint8Array {
  return sha256(concatBytes(seed, utf8ToBytes(`${purpose}/${index}`)));
}

/** Keys by seed in hex: making one takes milliseconds, and test networks mostly share seeds. */
const known = new Map<string, Keys>();

/** A subnet's BLS12-381 key: 48-byte signatures in G1, 96-byte keys in G2. */
export function subnetKeys(seed: Uint8Array): Keys {
  const name = bytesToHex(seed);
  const keys = known.get(name) ?? makeSubnetKeys(seed);
  known.set(name, keys);
  return keys;
}

function makeSubnetKeys(seed: Uint8Array): Keys {
  // 64 bytes reduced by the group order: no visible bias, and never zero in practice.
  const wide = concatBytes(derive(seed, 'bls', 0), derive(seed, 'bls', 1));
  const { Fr } = bls12_381.fields;
  const secretKey = Fr.toBytes(Fr.create(BigInt(`0x${bytesToHex(wide)}`)));
  const publicKey = concatBytes(BLS_DER, bls12_381.getPublicKeyForShortSignatures(secretKey));
  return { secretKey, publicKey, id: selfAuthenticating(publicKey) };
}

/** The Ed25519 key of a subnet's n-th node. */
export function nodeKeys(seed: Uint8Array, index: number): Keys {
  const secretKey = derive(seed, 'node', index);
  const publicKey = concatBytes(ED25519_DER, ed25519.getPublicKey(secretKey));
  return { secretKey, publicKey, id: selfAuthenticating(publicKey) };
}
