/** Hashing, in plain TypeScript: canisters have no native one. */
export { BLOCK_BYTES, HASH_BYTES, sha256, sha256After } from './sha256.ts';
