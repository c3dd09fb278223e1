import type { Principal } from '@dfinity/principal';
import type { ActorOf } from '@fabrica/core/candid';
import { equal } from '@fabrica/core/store';
import type { AuditStorage } from '../candid.ts';
import type { ArchiveOf } from './archives.ts';
import { START, verifyChain, type LogKind } from './verify-chain.ts';
import { verifyTip, type Trust } from './verify-tip.ts';
import { faulty, type Checkpoint, type Verdict } from './verdict.ts';

/** What of a storage's actor is needed; the actors of both storages have it. */
export type ProvingActor = Pick<ActorOf<typeof AuditStorage>, 'getTip' | 'verifyData'>;

/** Where to begin, and how to reach archives. */
export interface VerifyOptions {
  /** A point proven before, to check only what came after; the whole log if left out. */
  readonly from?: Checkpoint;
  /** Makes the actor of an archive. Without it a log is proven only as far as it is not archived. */
  readonly archiveOf?: ArchiveOf<Pick<ProvingActor, 'verifyData'>>;
}

/**
 * Proves a storage's log up to its end: every entry follows from the one before, and the last is the one
 * that the network certified. So none of them was changed, dropped, added or moved.
 *
 * Entries in archives are proven by the same certificate, that of the log: the chain goes on through them, and
 * nothing an archive says is believed.
 *
 * @returns the log's end, to keep as `from` for the next time; or the first fault.
 */
export async function verifyLog(
  kind: LogKind,
  actor: ProvingActor,
  trust: Trust,
  { from = START, archiveOf }: VerifyOptions = {},
): Promise<Verdict> {
  const tip = await verifyTip(await actor.getTip(), trust);
  if (!tip.ok) return tip;
  if (tip.length < from.length) {
    return faulty('tip', tip.length, `The log is shorter than the ${from.length} entries proven.`);
  }
  let reached: Checkpoint = from;
  while (reached.length < tip.length) {
    const part = await read(actor, reached.length, tip.length, archiveOf);
    if ('fault' in part) return part;
    const verdict = verifyChain(kind, part.entries, reached);
    if (!verdict.ok) return verdict;
    reached = verdict;
  }
  if (!equal(reached.hash, tip.hash)) {
    return faulty('tip', tip.length - 1, 'The last entry is not the one that was certified.');
  }
  return tip;
}

/** The next entries of a log, from itself or from the archive it names. */
async function read(
  actor: Pick<ProvingActor, 'verifyData'>,
  from: number,
  to: number,
  archiveOf: VerifyOptions['archiveOf'],
) {
  const answer = await actor.verifyData(BigInt(from), BigInt(to));
  if ('Err' in answer) return faulty('refused', from, answer.Err.message);
  const [archive]: readonly Principal[] = answer.Ok.archive;
  if (archive !== undefined) {
    const end = Math.min(to, Number(answer.Ok.next));
    if (archiveOf === undefined) {
      const reason = `Entries ${from} to ${end} are in archive ${archive.toText()}: pass archiveOf.`;
      return faulty('refused', from, reason);
    }
    // An archive has no archives: what it does not hold is a fault.
    return read(archiveOf(archive), from, end, undefined);
  }
  const entries = answer.Ok.entries.map((entry) => Uint8Array.from(entry));
  if (entries.length === 0 || entries.length > to - from) {
    return faulty('refused', from, `The storage answered ${entries.length} entries.`);
  }
  return { entries };
}
