import { factoryErrors } from '../../factory/factory-errors.ts';
import type { Refused } from '../../errors/index.ts';
import { equal } from '../../store/index.ts';
import {
  isOver,
  phase,
  phaseOf,
  type FinalPhase,
  type PhaseName,
  type UpgradeRecord,
} from './upgrade.ts';

/**
 * A call that an upgrade makes. `status` and `list` only look; `probe` asks the contract for its version;
 * the others change something, and are harmless when made twice.
 */
export type UpgradeCall =
  | 'status'
  | 'stop'
  | 'list'
  | 'snapshot'
  | 'install'
  | 'start'
  | 'probe'
  | 'load'
  | 'discard';

/** What the platform says of a contract. */
export interface Facts {
  /** False if the factory is no controller any more, or the canister is gone. */
  readonly controlled: boolean;
  readonly status: 'running' | 'stopping' | 'stopped';
  readonly moduleHash: Uint8Array | null;
}

/** What a call came to. */
export type Answer =
  | { readonly kind: 'done' }
  | { readonly kind: 'facts'; readonly facts: Facts }
  /** The snapshot made; from `list` the one found, `null` if there is none. */
  | { readonly kind: 'snapshot'; readonly id: Uint8Array | null }
  | { readonly kind: 'version'; readonly version: string }
  /** `retriable` if the same call may well succeed a little later. */
  | { readonly kind: 'failed'; readonly retriable: boolean; readonly message: string };

/** Times a step is tried before the upgrade is undone. */
export const MAX_TRIES = 3;
/** Times the platform is given to stop a contract; each may take five minutes. */
export const STOP_TRIES = 2;
/** Times a snapshot is loaded before the contract is left with what it has. */
export const LOAD_TRIES = 8;
const NANOSECONDS = 1_000_000_000n;
const MAX_WAIT_SECONDS = 600;
/** Until the platform is asked again, in nanoseconds. */
const LOOK_WAIT = 10n * NANOSECONDS;

/** What a phase does, and how it finds out whether it was done. */
const CALLS: Partial<Record<PhaseName, { act: UpgradeCall; look: UpgradeCall }>> = {
  Prepared: { act: 'status', look: 'status' },
  Stopping: { act: 'stop', look: 'status' },
  Snapshotting: { act: 'snapshot', look: 'list' },
  Installing: { act: 'install', look: 'status' },
  Starting: { act: 'start', look: 'status' },
  Probing: { act: 'probe', look: 'status' },
  Halting: { act: 'stop', look: 'status' },
  Restoring: { act: 'load', look: 'status' },
  Reviving: { act: 'start', look: 'status' },
  Cleaning: { act: 'discard', look: 'discard' },
};

/** The call that comes next; `null` once the upgrade is over. */
export function nextCall(upgrade: UpgradeRecord): UpgradeCall | null {
  const calls = CALLS[phaseOf(upgrade)];
  if (calls === undefined) return null;
  return upgrade.look ? calls.look : calls.act;
}

/**
 * What to write down before {@link nextCall} is made: whoever finds this, and no answer, must look
 * first. A probe that was lost is made again instead: looking does not tell what it would have said.
 */
export function intent(upgrade: UpgradeRecord): UpgradeRecord {
  return 'Probing' in upgrade.phase ? upgrade : { ...upgrade, look: true };
}

/** The upgrade after a call was answered. Pure; a record that is over stays as it is. */
export function settle(upgrade: UpgradeRecord, answer: Answer, now: bigint): UpgradeRecord {
  if (isOver(upgrade)) return upgrade;
  if (answer.kind === 'facts') return looked(upgrade, answer.facts, now);
  if (answer.kind === 'failed') return failed(upgrade, answer, now);
  switch (phaseOf(upgrade)) {
    case 'Stopping':
      return enter(upgrade, 'Snapshotting', now);
    case 'Snapshotting':
      return snapshotted(upgrade, answer.kind === 'snapshot' ? answer.id : null, now);
    case 'Installing':
      return enter(upgrade, 'Starting', now);
    case 'Starting':
      return enter(upgrade, 'Probing', now);
    case 'Probing':
      return probed(upgrade, answer.kind === 'version' ? answer.version : '', now);
    case 'Halting':
      return enter(upgrade, 'Restoring', now);
    case 'Restoring':
      return enter(upgrade, 'Reviving', now);
    case 'Reviving':
      return { ...upgrade, look: true };
    default:
      return over(upgrade, now);
  }
}

/** After the platform was asked. What it says counts, not what answers said or did not say. */
function looked(upgrade: UpgradeRecord, facts: Facts, now: bigint): UpgradeRecord {
  const { moduleHash: foundHash, status } = facts;
  const seen = { ...upgrade, foundHash, look: false };
  if (!facts.controlled) {
    return end(
      { ...seen, controlled: false },
      'Failed',
      factoryErrors.upgrade_not_controlled(),
      now,
    );
  }
  const isNew = foundHash !== null && equal(foundHash, upgrade.toHash);
  const isOld = foundHash !== null && equal(foundHash, upgrade.fromHash);
  switch (phaseOf(upgrade)) {
    case 'Prepared':
      return examined(seen, facts, isNew, now);
    case 'Stopping':
      if (status === 'stopped') return enter(seen, 'Snapshotting', now);
      if (upgrade.attempts < STOP_TRIES) return seen;
      return undo(seen, 'Failed', factoryErrors.upgrade_stop_failed(because(seen)), now);
    case 'Installing':
      if (isNew) return enter(seen, 'Starting', now);
      if (!isOld) return undo(seen, 'Failed', factoryErrors.upgrade_foreign_module(), now);
      if (upgrade.attempts < MAX_TRIES) return seen;
      return undo(seen, 'Restored', factoryErrors.upgrade_install_failed(because(seen)), now);
    case 'Starting':
      return status === 'running' ? enter(seen, 'Probing', now) : seen;
    case 'Probing':
      if (isNew) return enter(seen, 'Cleaning', now);
      return undo(seen, 'Failed', factoryErrors.upgrade_foreign_module(), now);
    case 'Halting':
      // A contract that does not stop is restored all the same: its new code was found to be wrong.
      if (status === 'stopped' || upgrade.attempts >= STOP_TRIES) {
        return enter(seen, 'Restoring', now);
      }
      return seen;
    case 'Restoring':
      if (isOld) return enter(seen, 'Reviving', now);
      if (!isNew) return undo(seen, 'Failed', factoryErrors.upgrade_foreign_module(), now);
      if (upgrade.attempts < LOAD_TRIES) return seen;
      // The snapshot is left to the owner, who may still need it.
      return undo(
        { ...seen, snapshot: null },
        'Failed',
        factoryErrors.upgrade_restore_failed(because(seen)),
        now,
      );
    default:
      // Reviving: the one thing that is never given up.
      return status === 'running' ? enter(seen, 'Cleaning', now) : again(seen, now);
  }
}

/** After a snapshot was taken, or looked for. */
function snapshotted(upgrade: UpgradeRecord, id: Uint8Array | null, now: bigint): UpgradeRecord {
  if (id !== null) return enter({ ...upgrade, snapshot: id }, 'Installing', now);
  if (upgrade.attempts < MAX_TRIES) return { ...upgrade, look: false };
  return undo(upgrade, 'Failed', factoryErrors.upgrade_snapshot_failed(because(upgrade)), now);
}

/** Before anything is touched: is there something to do, and may it be done? */
function examined(
  upgrade: UpgradeRecord,
  { moduleHash, status }: Facts,
  isNew: boolean,
  now: bigint,
): UpgradeRecord {
  if (moduleHash === null) return end(upgrade, 'Failed', factoryErrors.upgrade_empty(), now);
  if (isNew) return over({ ...upgrade, fromHash: moduleHash }, now);
  // Its owner stopped it, and would not want it started.
  if (status !== 'running') return end(upgrade, 'Failed', factoryErrors.upgrade_not_running(), now);
  return enter({ ...upgrade, fromHash: moduleHash }, 'Stopping', now);
}

function probed(upgrade: UpgradeRecord, version: string, now: bigint): UpgradeRecord {
  if (version === upgrade.toVersion) return { ...upgrade, look: true };
  const reason = factoryErrors.upgrade_wrong_version({ version, expected: upgrade.toVersion });
  return halt(upgrade, reason, now);
}

function failed(
  upgrade: UpgradeRecord,
  { retriable, message }: { readonly retriable: boolean; readonly message: string },
  now: bigint,
): UpgradeRecord {
  const told = { ...upgrade, failure: message.slice(0, 100) };
  const tried = again(told, now);
  const name = phaseOf(upgrade);
  if (name === 'Prepared') {
    if (tried.attempts < MAX_TRIES) return tried;
    return end(told, 'Failed', factoryErrors.upgrade_unreadable(because(told)), now);
  }
  if (name === 'Cleaning') {
    // One snapshot too many does no harm; the owner may delete it.
    return tried.attempts < MAX_TRIES ? tried : over(told, now);
  }
  if (upgrade.look) {
    // Snapshots are listed as often as they are taken; other looks tell of lost control, so they may go on.
    if (name === 'Snapshotting' && tried.attempts >= MAX_TRIES)
      return snapshotted(tried, null, now);
    return {
      ...told,
      attempts: name === 'Snapshotting' ? tried.attempts : upgrade.attempts,
      dueAt: now + LOOK_WAIT,
    };
  }
  if (name === 'Probing') {
    if (retriable && tried.attempts < MAX_TRIES) return tried;
    return halt(told, factoryErrors.upgrade_probe_failed(because(told)), now);
  }
  // What the platform refused for good it refuses again: look once more, then give up.
  const final = !retriable && (name === 'Snapshotting' || name === 'Installing');
  return { ...tried, look: true, attempts: final ? MAX_TRIES : tried.attempts };
}

/** The new code runs but is wrong: back to the snapshot. */
function halt(upgrade: UpgradeRecord, { Err: reason }: Refused, now: bigint): UpgradeRecord {
  return enter({ ...upgrade, ending: phase('Restored'), reason }, 'Halting', now);
}

/** Gives up with whatever code is there; the contract only has to be started. */
function undo(
  upgrade: UpgradeRecord,
  ending: FinalPhase,
  { Err: reason }: Refused,
  now: bigint,
): UpgradeRecord {
  return enter({ ...upgrade, ending: phase(ending), reason }, 'Reviving', now);
}

/** Ends at once, because there is nothing to put right, or nothing that could be. */
function end(
  upgrade: UpgradeRecord,
  ending: FinalPhase,
  { Err: reason }: Refused,
  now: bigint,
): UpgradeRecord {
  return over({ ...upgrade, ending: phase(ending), reason }, now);
}

function over(upgrade: UpgradeRecord, now: bigint): UpgradeRecord {
  return { ...upgrade, phase: upgrade.ending, look: false, changedAt: now };
}

function enter(upgrade: UpgradeRecord, name: PhaseName, now: bigint): UpgradeRecord {
  if (name === 'Cleaning' && upgrade.snapshot === null) return over(upgrade, now);
  const fresh = { look: false, attempts: 0, failure: '', changedAt: now, dueAt: now };
  return { ...upgrade, ...fresh, phase: phase(name) };
}

/** One more try, later each time. */
function again(upgrade: UpgradeRecord, now: bigint): UpgradeRecord {
  const attempts = upgrade.attempts + 1;
  const seconds = Math.min(2 ** Math.min(attempts, 16), MAX_WAIT_SECONDS);
  return { ...upgrade, attempts, look: false, dueAt: now + BigInt(seconds) * NANOSECONDS };
}

function because({ failure }: UpgradeRecord): { reason: string } {
  return { reason: failure === '' ? 'the answer was lost' : failure };
}
