/** Part of the state that is certified: a value, or branches by label. */
export type StateTree = Uint8Array | StateNode;

/** A label and what stands below it. */
export interface Branch {
  readonly label: Uint8Array;
  readonly tree: StateTree;
}

/** Branches, sorted by label: hash trees are canonical, so that what is absent can be proven. */
export interface StateNode {
  readonly branches: readonly Branch[];
}

/** Labels from the root to a value or node. */
export type Path = readonly Uint8Array[];

/** A node of these branches, in any order. Later branches replace earlier ones of the same label. */
export function node(entries: Iterable<readonly [string | Uint8Array, StateTree]>): StateNode {
  const unique = new Map<string, Branch>();
  for (const [name, tree] of entries) {
    const label = typeof name === 'string' ? labelOf(name) : name;
    unique.set(Buffer.from(label).toString('hex'), { label, tree });
  }
  return { branches: [...unique.values()].sort((a, b) => Buffer.compare(a.label, b.label)) };
}

/** A path of texts and byte strings. */
export function path(...labels: readonly (string | Uint8Array)[]): Path {
  return labels.map((label) => (typeof label === 'string' ? labelOf(label) : label));
}

/** A label's bytes. */
export function labelOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A text as the value of a leaf. */
export const textLeaf = labelOf;

/** A natural number as the value of a leaf: unsigned LEB128. */
export function natLeaf(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
