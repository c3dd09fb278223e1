import { contractMethods } from '../../contract/index.ts';
import { RETIRED } from '../../model/cycles/retired.ts';
import { openRetirementBook, type Retirement } from '../../model/cycles/retirement.ts';
import type { Directory, Refresh } from '../../model/directory/directory.ts';
import { equal, type ByteStore, type Queue } from '../../store/index.ts';
import { after } from '../ic/timers.ts';
import { publicFacts, stopCanister } from '../management/lifecycle.ts';
import { canisterFacts, type CanisterFacts } from '../management/platform.ts';
import { call } from '../runtime/call.ts';
import { MessageContext } from '../runtime/context.ts';
import { worker, type Worker } from '../runtime/worker.ts';
import { frozen } from './burning.ts';

const returnCycles = { ...contractMethods.returnCycles, name: 'returnCycles' } as const;

/** Seconds until retirements that got no further are looked into. */
const ROUND = 60;
/** Nanoseconds after which a call is taken for lost: a contract's code may keep silent for ever. */
const PATIENCE = 400_000_000_000n;
/**
 * Cycles a contract keeps beyond those without which it freezes: what the platform sets aside for the answer
 * to its own call, and what is left of that lets the stopped canister last a while.
 */
const KEPT = 100_000_000_000n;

interface Parts {
  readonly directory: Directory;
  readonly refreshes: Queue<Refresh>;
  readonly refresher: Worker;
}

/** The part of the kernel that takes contracts out of service. */
export function openRetirements(
  space: { readonly retirements: ByteStore; readonly openRetirements: ByteStore },
  parts: Parts,
) {
  const retirements = openRetirementBook(space);
  const context = new MessageContext();
  /** Who carries which retirement, and until when he is waited for. On the heap: an upgrade frees all. */
  const carriers = new Map<number, { readonly until: bigint }>();

  const retirer = worker(() => {
    for (const number of retirements.open) {
      const carrier = carriers.get(number);
      if (carrier !== undefined && context.now < carrier.until) continue;
      const record = retirements.of(number)!;
      // A contract that does not answer keeps its cycles.
      if (carrier !== undefined && 'Asking' in record.state) save(stopping(record));
      carry(number);
    }
    return retirements.open.length > 0 ? ROUND : null;
  });

  function carry(number: number): void {
    const carrier = { until: context.now + PATIENCE };
    carriers.set(number, carrier);
    after(0, async () => {
      try {
        let record = retirements.of(number)!;
        while (retirements.open.includes(number) && carriers.get(number) === carrier) {
          const next = await step(record);
          // Somebody else carries on if we were waited for too long.
          if (next === null || carriers.get(number) !== carrier) return;
          record = save(next);
        }
      } finally {
        // After a trap this runs in the cleanup of the message: heap only, no calls.
        if (carriers.get(number) === carrier) carriers.delete(number);
      }
    });
  }

  function save(record: Retirement): Retirement {
    retirements.save(record);
    return record;
  }

  /** Makes the calls of a state. @returns the next; `null` to try again in a while. */
  async function step(record: Retirement): Promise<Retirement | null> {
    const { contract, before } = record;
    if ('Asking' in record.state) {
      const facts = await canisterFacts(contract);
      if (!facts.ok) return lost(record);
      const { cycles, status } = facts.value;
      const asked = save({ ...record, before: before > cycles ? before : cycles });
      return status === 'running' ? ask(asked, facts.value) : stopping(asked);
    }
    const stopped = await stopCanister(contract);
    const facts = stopped.ok ? await canisterFacts(contract) : stopped;
    if (!facts.ok) return lost(record);
    if (facts.value.status !== 'stopped' || parts.refreshes.isFull) return null;
    change(record.number, { status: RETIRED, isPublic: false });
    const reclaimed = before - facts.value.cycles;
    return {
      ...record,
      state: { Retired: null },
      reclaimed: reclaimed > 0n ? reclaimed : 0n,
    };
  }

  /** A contract that cannot be asked, or that fails, keeps its cycles; one that refuses goes on. */
  async function ask(record: Retirement, facts: CanisterFacts): Promise<Retirement> {
    const answer = await call(record.contract, returnCycles, [frozen(facts) + KEPT]);
    return answer.ok && 'Err' in answer.value
      ? { ...record, state: { Refused: answer.value.Err } }
      : stopping(record);
  }

  /** Ends a retirement if the factory controls the contract no more. */
  async function lost({ contract, number }: Retirement): Promise<null> {
    const facts = await publicFacts(contract);
    if (!facts.ok || facts.value.controllers.some((id) => equal(id, context.self))) return null;
    retirements.delete(number);
    change(number, { managed: false });
    return null;
  }

  function change(number: number, values: Parameters<Directory['change']>[1]): void {
    const left = parts.directory.change(number, values);
    if (left !== null && parts.refreshes.push(left)) parts.refresher.wake();
  }

  return { retirements, retirer };
}

function stopping(record: Retirement): Retirement {
  return { ...record, state: { Stopping: null } };
}
