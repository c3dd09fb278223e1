import { call, type Context } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';
import { MAX_SLICE } from '../../../candid.ts';
import type { Move } from '../../../model/archive/archives.ts';
import { isStill } from './install-archive.ts';
import type { ArchivingParts, Progress } from './parts.ts';

/** Sends the archive the next entries, or has it prove that it holds them all. */
export async function copySlice(
  parts: ArchivingParts,
  move: Move & { readonly next: bigint },
  context: Context,
): Promise<Progress> {
  const { archives, log, methods } = parts;
  const { archive, to, next } = move;
  if (next === to) return seal(parts, move, context);

  const end = Math.min(Number(to), Number(next) + MAX_SLICE);
  const entries: Uint8Array[] = [];
  for (let id = Number(next); id < end; id += 1) entries.push(log.at(id));
  const sent = await call(archive, methods.adoptEntries, [next, entries]);
  if (!isStill(archives, move)) return 'moved';
  if (!sent.ok) return { failed: sent.failure.message };
  if ('Err' in sent.value) {
    const { code, message } = sent.value.Err;
    return { failed: `${code}: ${message}` };
  }
  const { next: reached } = sent.value.Ok;
  if (reached <= next || reached > to)
    return { failed: `The archive went from ${next} to ${reached}.` };
  archives.copied(move, Number(reached));
  return 'moved';
}

/**
 * The archive computed every hash itself; that its last one is ours proves that it holds exactly our entries. Only
 * then is the range on record, and may its entries leave.
 */
async function seal(
  { archives, methods }: ArchivingParts,
  move: Move,
  context: Context,
): Promise<Progress> {
  const { archive, to, hash } = move;
  const tip = await call(archive, methods.getTip, []);
  if (!isStill(archives, move)) return 'moved';
  if (!tip.ok) return { failed: tip.failure.message };
  if (tip.value.length !== to || !equal(tip.value.hash, hash)) {
    return {
      failed: `The archive ends at ${tip.value.length} with another hash than entry ${to} names.`,
    };
  }
  archives.sealed(move, context.now);
  return 'moved';
}
