import { statusesOf, type FactoryDefinition } from '../../factory/index.ts';
import { RETIRED } from '../../model/cycles/retired.ts';
import type { Directory, Refresh } from '../../model/directory/directory.ts';
import { setKeys } from '../../model/directory/facets.ts';
import type { openIndexCheck } from '../../model/index-check.ts';
import type { Queue, Sequence } from '../../store/index.ts';
import { worker, type Worker } from '../runtime/worker.ts';
import { administered } from './access.ts';
import type { Kernel } from './kernel.ts';
import { MAX_VERSIONS, type VersionRecord } from './version-store.ts';

/** Slices done in one message; about 20 M instructions each. */
const SLICES = 5;
/** Seconds until the next try while lists are being changed. */
const PAUSE = 5;

/** What the check needs of the kernel. */
interface Checked {
  readonly definition: FactoryDefinition;
  readonly directory: Directory;
  readonly versions: Sequence<VersionRecord>;
  readonly refreshes: Queue<Refresh>;
  readonly sweeps: Queue<Refresh>;
  readonly indexCheck: ReturnType<typeof openIndexCheck>;
}

/** Carries the check that is under way to its end, between other messages. */
export function checker(kernel: Checked): Worker {
  const { directory, indexCheck, refreshes, sweeps } = kernel;
  return worker(({ now }) => {
    let { check, position } = indexCheck.get();
    if (check === null || position === null) return null;
    // Lists that are being brought up to date would be taken for wrong.
    if (refreshes.size > 0 || sweeps.size > 0) return PAUSE;
    const keys = keysInUse(kernel);
    for (let slice = 0; slice < SLICES && position !== null; slice += 1) {
      const { sets, rows, surplus, next } = directory.check(keys, position, check.repairs);
      check = {
        ...check,
        contracts: next?.contract ?? directory.size,
        sets: check.sets + sets,
        rows: check.rows + rows,
        surplus: check.surplus + surplus,
        finishedAt: next === null ? now : null,
      };
      position = next;
    }
    indexCheck.set({ check, position });
    return position === null ? null : 0;
  });
}

/** Begins a check from the first contract. One that repairs is not replaced by one that only looks. */
export function beginCheck(
  { indexCheck, checker: work }: Pick<Kernel, 'indexCheck' | 'checker'>,
  repairs: boolean,
  now: bigint,
): void {
  const { check, position } = indexCheck.get();
  if (position === null || repairs || check?.repairs !== true) {
    const nothing = { contracts: 0, sets: 0, rows: 0, surplus: 0 };
    indexCheck.set({
      check: { startedAt: now, finishedAt: null, repairs, ...nothing },
      position: { contract: 0, member: 0, below: null },
    });
  }
  work.wake();
}

/** Compares all lists and sets with what a rebuild would give. */
export const checkIndexes = (kernel: Kernel) =>
  administered(
    kernel,
    'checkIndexes',
    ['Operator'],
    () => ({ detail: '' }),
    ({ now }) => {
      beginCheck(kernel, false, now);
      return { Ok: null };
    },
  );

/** The same, and puts right what is wrong. */
export const repairIndexes = (kernel: Kernel) =>
  administered(
    kernel,
    'repairIndexes',
    ['Operator'],
    () => ({ detail: '' }),
    ({ now }) => {
      beginCheck(kernel, true, now);
      return { Ok: null };
    },
  );

function keysInUse({ definition, versions }: Checked): Uint8Array[] {
  const registered = versions.page(0, MAX_VERSIONS);
  const names = registered.map(({ registration }) => registration.version);
  return setKeys([...statusesOf(definition), RETIRED], names);
}
