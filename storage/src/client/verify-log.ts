import type { ActorOf } from '@fabrica/core/candid';
import { equal } from '@fabrica/core/store';
import type { AuditStorage } from '../candid.ts';
import { START, verifyChain, type LogKind } from './verify-chain.ts';
import { verifyTip, type Trust } from './verify-tip.ts';
import { faulty, type Checkpoint, type Verdict } from './verdict.ts';

/** What of a storage's actor is needed; the actors of both storages have it. */
export type ProvingActor = Pick<ActorOf<typeof AuditStorage>, 'getTip' | 'verifyData'>;

/**
 * Proves a storage's log up to its end: every entry follows from the one before, and the last is the one
 * that the network certified. So none of them was changed, dropped, added or moved.
 *
 * @param from a point proven before, to check only what came after; the whole log if left out.
 * @returns the log's end, to keep as `from` for the next time; or the first fault.
 */
export async function verifyLog(
  kind: LogKind,
  actor: ProvingActor,
  trust: Trust,
  from: Checkpoint = START,
): Promise<Verdict> {
  const tip = await verifyTip(await actor.getTip(), trust);
  if (!tip.ok) return tip;
  if (tip.length < from.length) {
    return faulty('tip', tip.length, `The log is shorter than the ${from.length} entries proven.`);
  }
  let reached: Checkpoint = from;
  while (reached.length < tip.length) {
    const answer = await actor.verifyData(BigInt(reached.length), BigInt(tip.length));
    if ('Err' in answer) return faulty('refused', reached.length, answer.Err.message);
    const entries = answer.Ok.entries.map((entry) => Uint8Array.from(entry));
    if (entries.length === 0 || entries.length > tip.length - reached.length) {
      return faulty('refused', reached.length, `The storage answered ${entries.length} entries.`);
    }
    const verdict = verifyChain(kind, entries, reached);
    if (!verdict.ok) return verdict;
    reached = verdict;
  }
  if (!equal(reached.hash, tip.hash)) {
    return faulty('tip', tip.length - 1, 'The last entry is not the one that was certified.');
  }
  return tip;
}
