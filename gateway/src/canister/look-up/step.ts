import type { Outcome } from '@fabrica/core/canister';

import type { LookUp } from '../../model/look-up/look-ups.ts';
import type { LookUpOutcome } from '../../model/saga/events.ts';

/** How a step of a look-up went: where to go on, or what it came to. */
export type Step =
  | { readonly source: LookUp['source']; readonly failure?: string }
  | { readonly outcome: LookUpOutcome };

/** The transfer is not there, and never will be. */
export const ABSENT: Step = { outcome: { kind: 'absent' } };

/** The ledger does not show what is looked for. */
export function unable(reason: string): Step {
  return { outcome: { kind: 'unable', reason } };
}

/** It is to be tried again later. */
export function later(reason: string): Step {
  return { outcome: failed(reason) };
}

/** A call that brought nothing. */
export function stop({ failure }: Extract<Outcome<unknown>, { ok: false }>): Step {
  return later(failure.message);
}

/** An outcome of which nothing is known but the reason; reading changes nothing. */
export function failed(reason: string) {
  return { kind: 'failed', effect: 'none', reason } as const;
}
