import type { Result } from '@fabrica/core';
import type { Receipt } from '../../candid.ts';
import type { Log } from '../../model/log.ts';
import { certifyTip } from './certified-tip.ts';

/** The answer to a batch; certifies the new end of the log if the batch added to it. */
export function recorded(log: Log, result: Result<Receipt>): Result<Receipt> {
  if ('Ok' in result && result.Ok.appended > 0) certifyTip(log);
  return result;
}
