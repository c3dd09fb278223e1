import type { Result } from '@fabrica/core';
import type { Receipt } from '../../candid.ts';
import type { Archives } from '../../model/archive/archives.ts';
import type { Log } from '../../model/log.ts';
import type { Archivist } from './archivist.ts';
import { certifyTip } from './certified-tip.ts';

/**
 * The answer to a batch; certifies the new end of the log if the batch added to it, and has entries archived
 * if the log has grown so far.
 */
export function recorded(
  { log, archives }: { log: Log; archives: Archives },
  archivist: Archivist,
  result: Result<Receipt>,
): Result<Receipt> {
  if ('Err' in result || result.Ok.appended === 0) return result;
  certifyTip(log);
  if (archives.isDue) archivist.wake();
  return result;
}
