import { encoder } from '@fabrica/core/candid';
import { worker, type Context, type Worker } from '@fabrica/core/canister';
import type { AuditStorage, InvoiceStorage } from '../../candid.ts';
import { createArchive } from './archiving/create-archive.ts';
import { copySlice } from './archiving/copy-slice.ts';
import { giveWhitelist } from './archiving/give-whitelist.ts';
import { installArchive } from './archiving/install-archive.ts';
import type { ArchivingParts, ArchivingStorage, Progress } from './archiving/parts.ts';

/** Moves the oldest entries of a log into archives. */
export interface Archivist extends Pick<Worker, 'wake'> {
  /** What the last attempt failed with; empty after a success. */
  readonly failure: string;
}

/** After a failure the next attempt comes after a minute, then after twice as long each time... */
const FIRST_PAUSE_SECONDS = 60;
/** ...up to this. */
const LONGEST_PAUSE_SECONDS = 3_600;

/**
 * The archivist of a storage. Each run takes one step of the present move, from the state that is written down, so
 * an upgrade, a trap or a lost answer between any two steps only has it repeated.
 */
export function openArchivist(
  service: typeof AuditStorage | typeof InvoiceStorage,
  storage: ArchivingStorage,
): Archivist {
  const parts: ArchivingParts = {
    ...storage,
    methods: service.methods,
    encodeInit: encoder(service.init),
  };
  let failure = '';
  let failures = 0;

  const run = worker(async (context) => {
    const progress = await step(parts, context);
    if (progress === 'idle' || progress === 'moved') {
      failure = '';
      failures = 0;
      return progress === 'idle' ? null : 0;
    }
    failure = progress.failed.slice(0, 1_000);
    const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** failures, LONGEST_PAUSE_SECONDS);
    failures += 1;
    return pause;
  });

  return {
    wake: (seconds) => run.wake(seconds),
    get failure() {
      return failure;
    },
  };
}

function step(parts: ArchivingParts, context: Context): Promise<Progress> | Progress {
  const { archives, adoption, book } = parts;
  if (adoption.origin !== null) return 'idle';
  const { state } = archives;
  if ('Creating' in state) {
    // The run that wrote this down was cut off: whether there is a canister nobody knows.
    archives.notCreated(true);
    return 'moved';
  }
  if ('Installing' in state) return installArchive(parts, state.Installing, context);
  if ('Copying' in state) return copySlice(parts, state.Copying, context);
  if ('Releasing' in state) {
    const to = archives.nextRelease();
    if (to === null) archives.finish();
    else book.release(to);
    return 'moved';
  }
  if (archives.isDue && archives.module !== null) return createArchive(parts, context);
  return giveWhitelist(parts);
}
