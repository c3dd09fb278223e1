import { bls12_381 } from '@noble/curves/bls12-381';

/**
 * A BLS12-381 signature of 48 bytes in G1, as the IC's, of the domain `BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_`,
 * which is the library's default. Takes about 7 ms.
 */
export function signBls(message: Uint8Array, secretKey: Uint8Array): Uint8Array {
  return bls12_381.signShortSignature(message, secretKey);
}
