import { createHash } from 'node:crypto';

/**
 * A hash tree of the interface specification, in the form of its CBOR: empty, fork, labeled, leaf,
 * and pruned, of which only the hash is told.
 */
export type HashTree =
  | readonly [0]
  | readonly [1, HashTree, HashTree]
  | readonly [2, Uint8Array, HashTree]
  | readonly [3, Uint8Array]
  | readonly [4, Uint8Array];

/** The empty tree. */
export const EMPTY: HashTree = [0];

/** The hash of a tree: 32 bytes. */
export function rootHash(tree: HashTree): Uint8Array {
  switch (tree[0]) {
    case 0:
      return hash('ic-hashtree-empty');
    case 1:
      return hash('ic-hashtree-fork', rootHash(tree[1]), rootHash(tree[2]));
    case 2:
      return hash('ic-hashtree-labeled', tree[1], rootHash(tree[2]));
    case 3:
      return hash('ic-hashtree-leaf', tree[1]);
    case 4:
      return tree[1];
  }
}

/** SHA-256 of a domain, with its length in front, and of what follows. */
function hash(domain: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hasher = createHash('sha256').update(Uint8Array.of(domain.length)).update(domain);
  for (const part of parts) hasher.update(part);
  return new Uint8Array(hasher.digest());
}
