import { accepted, type FactoryActor } from '../../../core/src/client/index.ts';
import type { RolloutWish } from './options.ts';

/** How a rollout went, so far as it was watched. */
export interface RolloutOutcome {
  readonly number: number;
  /** `Completed`, or why it went no further: `Paused`, `Halted`, `Aborted`. */
  readonly state: string;
  readonly fleet: number;
  readonly committed: number;
  readonly restored: number;
  readonly failed: number;
  readonly skipped: number;
}

const POLL_MILLISECONDS = 500;

/**
 * Starts a rollout and watches it to its end, or until it waits for somebody's word.
 *
 * @throws FabricaError if the factory refuses it.
 */
export async function rollOut(
  factory: Pick<FactoryActor, 'startRollout' | 'getRollout'>,
  order: RolloutWish & { readonly version: string },
): Promise<RolloutOutcome> {
  const { number } = accepted(
    await factory.startRollout({
      ...order,
      waves: [...order.waves],
      versions: [],
      statuses: [],
      include: [],
      exclude: [],
    }),
  );
  for (;;) {
    const rollout = accepted(await factory.getRollout(number));
    const { fleet, committed, restored, failed, skipped, active } = rollout;
    const state = Object.keys(rollout.state)[0]!;
    if (state !== 'Running' && active === 0) {
      return { number, state, fleet, committed, restored, failed, skipped };
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}
