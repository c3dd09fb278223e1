import { call, worker } from '@fabrica/core/canister';
import { binary } from '@fabrica/core/store';

import { Factory, type ReportedHealth } from '../../peers/factory.ts';
import { gateway } from '../memory.ts';
import { inOwnLane } from './lanes.ts';

/** Seconds between two questions to each factory. */
const INTERVAL = 300;
/** Seconds without an answer after which a factory counts as silent. */
const SILENT_AFTER = 120n;

const SECOND = 1_000_000_000n;

/** What is known of how a factory is. */
export interface Pulse {
  /** What it said last; `null` if it never answered since this gateway was upgraded. */
  readonly health: ReportedHealth | null;
  /** When it was asked last, and when it last answered, in nanoseconds; 0 for never. */
  readonly askedAt: bigint;
  readonly answeredAt: bigint;
  /** True while the last question has no answer. */
  readonly waiting: boolean;
  /** What the last question failed with; empty after an answer. */
  readonly failure: string;
}

const UNKNOWN: Pulse = { health: null, askedAt: 0n, answeredAt: 0n, waiting: false, failure: '' };

/** By canister, on the heap: after an upgrade all are asked anew. */
const pulses = new Map<string, Pulse>();

/** Asks every registered factory how it is, for ever. A silent one is asked once, and holds up no other. */
export const factoryWatch = worker(() => {
  for (const { canister } of gateway.factories.all) {
    if (!pulseOf(canister).waiting) ask(canister);
  }
  return INTERVAL;
});

/** How a factory was when it last said so. */
export function pulseOf(canister: Uint8Array): Pulse {
  return pulses.get(binary(canister)) ?? UNKNOWN;
}

/** For how many seconds a factory has kept silent, if it counts as silent; `null` if not. */
export function silenceOf(canister: Uint8Array, now: bigint): bigint | null {
  const { waiting, askedAt } = pulseOf(canister);
  const seconds = (now - askedAt) / SECOND;
  return waiting && seconds >= SILENT_AFTER ? seconds : null;
}

function ask(canister: Uint8Array): void {
  inOwnLane(async (context) => {
    const name = binary(canister);
    const before = pulseOf(canister);
    const asking = { ...before, askedAt: context.now, waiting: true };
    pulses.set(name, asking);
    try {
      const told = await call(canister, Factory.methods.getFactoryHealth, []);
      pulses.set(
        name,
        told.ok
          ? { ...asking, health: told.value, answeredAt: context.now, waiting: false, failure: '' }
          : { ...asking, waiting: false, failure: told.failure.message.slice(0, 300) },
      );
    } finally {
      // After a trap: it may be asked again.
      if (pulses.get(name) === asking) pulses.set(name, { ...asking, waiting: false });
    }
  });
}
