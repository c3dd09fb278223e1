import { createPublicKey, type KeyObject, verify } from 'node:crypto';

import { badRequest } from '../web/request-error.ts';

/** A way of signing: how its DER keys begin, how long they are, and the hash the message goes through. */
interface Scheme {
  readonly header: Buffer;
  readonly length: number;
  /** Null if the scheme hashes by itself. */
  readonly digest: 'sha256' | null;
}

/** Ed25519, and ECDSA on P-256 and secp256k1 with an uncompressed point. */
const SCHEMES: readonly Scheme[] = [
  { header: Buffer.from('302a300506032b6570032100', 'hex'), length: 44, digest: null },
  {
    header: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex'),
    length: 91,
    digest: 'sha256',
  },
  {
    header: Buffer.from('3056301006072a8648ce3d020106052b8104000a03420004', 'hex'),
    length: 88,
    digest: 'sha256',
  },
];

/** Object identifiers inside the keys of schemes that localnet does not verify. */
const UNSUPPORTED: readonly (readonly [name: string, oid: Buffer])[] = [
  ['WebAuthn', Buffer.from('060a2b0601040183b8430101', 'hex')],
  ['canister signatures', Buffer.from('060a2b0601040183b8430102', 'hex')],
];

/** Bytes of a signature, of any scheme. */
const SIGNATURE = 64;

/**
 * Whether a signature is that of a message by the owner of a DER key.
 * @throws RequestError 400 if the key is not one, or of a scheme that localnet does not know.
 */
export function isSignedBy(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const der = Buffer.from(publicKey);
  const scheme = SCHEMES.find(
    ({ header, length }) => der.length === length && der.subarray(0, header.length).equals(header),
  );
  if (!scheme) throw unknownKey(der);
  if (signature.length !== SIGNATURE) return false;
  return verify(scheme.digest, message, { key: keyOf(der), dsaEncoding: 'ieee-p1363' }, signature);
}

function keyOf(der: Buffer): KeyObject {
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch (cause) {
    throw badRequest('Invalid public key: it is no point of its curve.', cause);
  }
}

function unknownKey(der: Buffer): Error {
  const known = UNSUPPORTED.find(([, oid]) => der.includes(oid));
  if (known) return badRequest(`Invalid public key: localnet does not verify ${known[0]}.`);
  return badRequest('Invalid public key: not DER of an Ed25519, P-256 or secp256k1 key.');
}
