import { SNAPSHOT, type ContractRecord } from './contract-record.ts';

/** Where events come from: the head of a `Report`. */
export interface Origin {
  readonly epoch: bigint;
  readonly first: bigint;
  readonly dropped: number;
}

/** What is to be done with the events of a report. */
export type Hearing =
  | { readonly kind: 'refused'; readonly reason: 'epoch_passed' }
  | { readonly kind: 'gap'; readonly expected: bigint }
  | {
      readonly kind: 'heard';
      /** Number of the first event that is new; those before it were taken already. */
      readonly expected: bigint;
      /** True if the contract began a new life, and is asked for a snapshot. */
      readonly reborn: boolean;
      /** Events given up since the last report. */
      readonly dropped: number;
    };

/**
 * Whether a contract's events are taken, and from which on. Brings the record in line with the life they
 * are of: after a reinstallation, or after the contract's state was put back, numbers begin anew, and what
 * the factory knows may be wrong until it gets a snapshot.
 *
 * @param record is changed, if the events are heard.
 */
export function hear(record: ContractRecord, { epoch, first, dropped }: Origin): Hearing {
  if (epoch < record.epoch) return { kind: 'refused', reason: 'epoch_passed' };
  // The first epoch told goes on where the contract was; any other beginning is a new life.
  const adopted = record.epoch === 0n && (record.nextEvent === 0n || first === record.nextEvent);
  const reborn = epoch > record.epoch && !adopted;
  if (!reborn && first > record.nextEvent) return { kind: 'gap', expected: record.nextEvent };
  const before = reborn ? 0 : record.dropped;
  if (reborn) {
    record.nextEvent = first;
    record.snapshot = SNAPSHOT.wanted;
  }
  record.epoch = epoch;
  record.dropped = dropped;
  return {
    kind: 'heard',
    expected: record.nextEvent,
    reborn,
    dropped: Math.max(0, dropped - before),
  };
}
