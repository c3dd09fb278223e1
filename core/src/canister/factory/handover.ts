import { factoryErrors, type ContractInfo } from '../../factory/index.ts';
import type { Result } from '../../errors/index.ts';
import type { Directory, Refresh } from '../../model/directory/directory.ts';
import {
  controllersAfter,
  openHandoverBook,
  outcomeOf,
  type Handover,
} from '../../model/handover.ts';
import type { ByteStore, Queue } from '../../store/index.ts';
import { publicFacts } from '../management/lifecycle.ts';
import { setControllers } from '../management/platform.ts';
import { MessageContext } from '../runtime/context.ts';
import { worker, type Worker } from '../runtime/worker.ts';

/** Seconds until handovers that were cut short are looked into. */
const ROUND = 60;

interface Parts {
  readonly directory: Directory;
  readonly refreshes: Queue<Refresh>;
  readonly refresher: Worker;
}

/** The part of the kernel that changes who controls a contract. */
export function openHandovers(
  space: { readonly handovers: ByteStore; readonly openHandovers: ByteStore },
  parts: Parts,
) {
  const handovers = openHandoverBook(space);
  const context = new MessageContext();
  /** Contracts that a message is handing over now. On the heap: an upgrade frees all. */
  const running = new Set<number>();

  const reconciler = worker(async () => {
    for (const number of handovers.open) {
      const handover = handovers.of(number);
      if (handover !== null && !running.has(number)) await carryOut(handover);
    }
    return handovers.open.length > 0 ? ROUND : null;
  });

  /** Has the platform change the controllers, and writes down what then is so. */
  async function carryOut(handover: Handover): Promise<Result<null>> {
    const { contract, number } = handover;
    running.add(number);
    try {
      handovers.save(handover);
      reconciler.wake(ROUND);
      const before = await publicFacts(contract);
      if (!before.ok) return unclear(before.failure.message);
      const known = settled(handover, before.value.controllers);
      if (known !== null) return known;
      const wanted = controllersAfter(handover, before.value.controllers, context.self);
      const told = await setControllers(contract, wanted);
      if (told.ok) return settled(handover, wanted)!;
      const after = await publicFacts(contract);
      if (!after.ok) return unclear(told.failure.message);
      const outcome = settled(handover, after.value.controllers);
      if (outcome !== null) return outcome;
      takeBack(handover);
      return factoryErrors.platform_failed({ reason: told.failure.message });
    } finally {
      // After a trap this runs in the cleanup of the message: heap only, no calls.
      running.delete(number);
    }
  }

  /** The end of a handover that the platform says has happened, or cannot; `null` if it is open. */
  function settled(handover: Handover, controllers: readonly Uint8Array[]): Result<null> | null {
    const outcome = outcomeOf(handover, controllers, context.self);
    if (outcome === 'open') return null;
    const released = 'Releasing' in handover.state || outcome === 'lost';
    handovers.delete(handover.number);
    change(handover.number, released ? { managed: false } : { owner: handover.to });
    return outcome === 'lost' ? factoryErrors.unmanaged() : { Ok: null };
  }

  function takeBack(handover: Handover): void {
    if ('Releasing' in handover.state) handovers.delete(handover.number);
    else handovers.save({ ...handover, state: { Offered: null } });
  }

  function change(number: number, values: Partial<Pick<ContractInfo, 'owner' | 'managed'>>): void {
    const left = parts.directory.change(number, values);
    if (left !== null && parts.refreshes.push(left)) parts.refresher.wake();
  }

  return { handovers, handoverReconciler: reconciler, carryOutHandover: carryOut };
}

/** Nothing is known; the reconciler goes on. */
function unclear(reason: string): Result<null> {
  return factoryErrors.handover_unclear({ reason });
}
