/** What is wrong with a log. */
export type Fault =
  /** The certificate is not the subnet's, is not about this canister, or is too old. */
  | 'certificate'
  /** The storage did not answer what was asked. */
  | 'refused'
  /** An entry is not one that this release can read. */
  | 'undecodable'
  /** An entry is missing, added or out of place. */
  | 'misnumbered'
  /** An entry does not follow from the one before it: one of the two was changed. */
  | 'unlinked'
  /** The last entry is not the one that the subnet certified. */
  | 'tip';

/** A log that does not prove itself: the first fault, and the number of the entry where it shows. */
export interface Faulty {
  readonly ok: false;
  readonly fault: Fault;
  readonly at: number | null;
  readonly reason: string;
}

/** A point of a log: so many entries, the last of them with that hash. */
export interface Checkpoint {
  readonly length: number;
  readonly hash: Uint8Array;
}

/** What a check came to. */
export type Verdict = ({ readonly ok: true } & Checkpoint) | Faulty;

/** Makes the refusing verdict. */
export function faulty(fault: Fault, at: number | null, reason: string): Faulty {
  return { ok: false, fault, at, reason };
}
