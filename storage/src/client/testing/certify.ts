import { Cbor, domain_sep, NodeType, reconstruct, type HashTree } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { ascii, concat } from '@fabrica/core/store';
import { bls12_381 } from '@noble/curves/bls12-381';

/** A network of one key, which certifies whatever it is told. */
export class Notary {
  readonly #secret: Uint8Array;
  /** The public key in DER, as root keys are given. */
  readonly rootKey: Uint8Array;

  /** @param seed a different network for each. */
  constructor(seed: number) {
    this.#secret = new Uint8Array(32).fill(seed);
    const key = bls12_381.getPublicKeyForShortSignatures(this.#secret);
    this.rootKey = concat(DER_PREFIX, key);
  }

  /** The certificate that `canister` has this certified data. */
  async certify(canister: Principal, data: Uint8Array, at: Date): Promise<Uint8Array> {
    const tree = fork(
      labeled('canister', labeled(canister.toUint8Array(), labeled('certified_data', leaf(data)))),
      labeled('time', leaf(leb128(BigInt(at.getTime()) * 1_000_000n))),
    );
    const root = await reconstruct(tree);
    const message = concat(domain_sep('ic-state-root'), root);
    const signature = bls12_381.signShortSignature(message, this.#secret);
    return Cbor.encode({ tree, signature });
  }
}

/** https://internetcomputer.org/docs/references/ic-interface-spec#certification-delegation-root-key */
// prettier-ignore
const DER_PREFIX = Uint8Array.of(
  0x30, 0x81, 0x82, 0x30, 0x1d, 0x06, 0x0d, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82,
  0xdc, 0x7c, 0x05, 0x03, 0x01, 0x02, 0x01, 0x06, 0x0c, 0x2b, 0x06, 0x01, 0x04,
  0x01, 0x82, 0xdc, 0x7c, 0x05, 0x03, 0x02, 0x01, 0x03, 0x61, 0x00,
);

function fork(left: HashTree, right: HashTree): HashTree {
  return [NodeType.Fork, left, right];
}

function labeled(label: string | Uint8Array, tree: HashTree): HashTree {
  const bytes = typeof label === 'string' ? ascii(label) : label;
  return [NodeType.Labeled, bytes as never, tree];
}

function leaf(value: Uint8Array): HashTree {
  return [NodeType.Leaf, value as never];
}

function leb128(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest < 0x80n) return Uint8Array.from([...bytes, low]);
    bytes.push(low | 0x80);
  }
}
