import { createPrivateKey, type KeyObject, sign } from 'node:crypto';

import { nodeKeys, type SubnetInfo } from '../replica/index.ts';

/** Header of an Ed25519 private key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A node's signature of a query's answer. */
export interface NodeSignature {
  readonly signature: Uint8Array;
  /** The node's principal. */
  readonly identity: Uint8Array;
}

interface Signer {
  readonly key: KeyObject;
  readonly id: Uint8Array;
}

const signers = new WeakMap<SubnetInfo, Signer>();

/** Signs with the Ed25519 key of a subnet's first node. */
export function signAsNode(subnet: SubnetInfo, message: Uint8Array): NodeSignature {
  const { key, id } = signers.get(subnet) ?? makeSigner(subnet);
  return { signature: new Uint8Array(sign(null, message, key)), identity: id };
}

function makeSigner(subnet: SubnetInfo): Signer {
  const { secretKey, id } = nodeKeys(subnet.seed, 0);
  const pkcs8 = Buffer.concat([PKCS8, secretKey]);
  const signer = { key: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }), id };
  signers.set(subnet, signer);
  return signer;
}
