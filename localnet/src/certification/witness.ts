import { EMPTY, type HashTree, rootHash } from './hash-tree.ts';
import type { Branch, Path, StateTree } from './state-tree.ts';

/** What is to be shown of a branch: the paths below it, or only that its label is there. */
type Shown = readonly Path[] | 'label';

/**
 * The hash tree of a state that shows what stands at the paths, or that nothing does, and of the
 * rest only hashes. Its root hash does not depend on the paths.
 */
export function witness(tree: StateTree, paths: readonly Path[]): HashTree {
  if (tree instanceof Uint8Array) return [3, tree];
  const { branches } = tree;
  const whole = paths.some((path) => path.length === 0);
  const shown = whole ? new Map(branches.map((_, at) => [at, WHOLE])) : select(branches, paths);
  return fold(branches, 0, branches.length, shown);
}

const WHOLE: readonly Path[] = [[]];

/** What is to be shown of which branch. */
function select(branches: readonly Branch[], paths: readonly Path[]): Map<number, Shown> {
  const shown = new Map<number, Shown>();
  for (const [label, ...rest] of paths) {
    const at = branches.findIndex((branch) => Buffer.compare(branch.label, label!) >= 0);
    const found = at >= 0 && Buffer.compare(branches[at]!.label, label!) === 0;
    if (found) {
      const others = shown.get(at) ?? [];
      shown.set(at, others === 'label' ? [rest] : [...others, rest]);
      continue;
    }
    // That the two neighbours of the missing label stand side by side proves its absence.
    const next = at < 0 ? branches.length : at;
    for (const neighbour of [next - 1, next]) {
      if (branches[neighbour] && !shown.has(neighbour)) shown.set(neighbour, 'label');
    }
  }
  return shown;
}

/** The tree of the branches from `start` to before `end`. */
function fold(
  branches: readonly Branch[],
  start: number,
  end: number,
  shown: ReadonlyMap<number, Shown>,
): HashTree {
  if (start === end) return EMPTY;
  if (end - start === 1) return labeled(branches[start]!, shown.get(start));
  const middle = (start + end) >> 1;
  const left = fold(branches, start, middle, shown);
  const right = fold(branches, middle, end, shown);
  const fork: HashTree = [1, left, right];
  return left[0] === 4 && right[0] === 4 ? [4, rootHash(fork)] : fork;
}

function labeled({ label, tree }: Branch, shown: Shown | undefined): HashTree {
  if (Array.isArray(shown)) return [2, label, witness(tree, shown as readonly Path[])];
  const below: HashTree = [4, rootHash(witness(tree, WHOLE))];
  return shown === 'label' ? [2, label, below] : [4, rootHash([2, label, below])];
}
