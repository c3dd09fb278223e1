import type { FaultRequest } from '@fabrica/localnet';

/**
 * How a call goes wrong.
 *
 * - `fails`: it is not delivered, and its caller is told so.
 * - `loses its answer`: it is carried out, and its caller is told that it may have been.
 * - `traps in its callback`: it is carried out and answered, and the message that gets the answer traps.
 * - `outlives its caller`: while it is under way its caller is upgraded.
 */
export type Manner = 'fails' | 'loses its answer' | 'traps in its callback' | 'outlives its caller';

/** What the network is told to do. */
export const ACTIONS: Readonly<Record<Manner, FaultRequest['action']>> = {
  // SYS_TRANSIENT: https://internetcomputer.org/docs/references/ic-interface-spec#reject-codes
  fails: { kind: 'reject', code: 2, message: 'made to fail' },
  'loses its answer': { kind: 'lose-answer' },
  'traps in its callback': { kind: 'trap-callback' },
  'outlives its caller': { kind: 'hold-answer' },
};

/** All manners. */
export const MANNERS = Object.keys(ACTIONS) as Manner[];
