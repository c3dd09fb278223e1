import { worker, type Worker } from '../runtime/worker.ts';
import type { Directory, Refresh } from '../../model/directory/directory.ts';
import type { Queue } from '../../store/index.ts';

/** Slices of {@link Directory.refresh} done in one message; about 10 M instructions each. */
const SLICES = 20;

/** Brings lists up to date after changes that more principals share than one message should rewrite. */
export function refresher(kernel: {
  readonly directory: Directory;
  readonly refreshes: Queue<Refresh>;
}): Worker {
  return worker(() => {
    for (let slice = 0; slice < SLICES; slice += 1) {
      const refresh = kernel.refreshes.pop();
      if (refresh === null) return null;
      const left = kernel.directory.refresh(refresh);
      if (left !== null) kernel.refreshes.push(left);
    }
    return kernel.refreshes.size > 0 ? 0 : null;
  });
}

/** Takes out of lists what snapshots did not name, for contracts of more members than one message should. */
export function sweeper(kernel: {
  readonly directory: Directory;
  readonly sweeps: Queue<Refresh>;
}): Worker {
  return worker(() => {
    for (let slice = 0; slice < SLICES; slice += 1) {
      const sweep = kernel.sweeps.pop();
      if (sweep === null) return null;
      const left = kernel.directory.sweep(sweep);
      if (left !== null) kernel.sweeps.push(left);
    }
    return kernel.sweeps.size > 0 ? 0 : null;
  });
}
