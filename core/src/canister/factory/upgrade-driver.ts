import {
  intent,
  isOver,
  nextCall,
  settle,
  type UpgradeBook,
  type UpgradeCall,
  type UpgradeRecord,
} from '../../model/upgrades/index.ts';
import type { Directory, Refresh } from '../../model/directory/directory.ts';
import { equal, type Queue } from '../../store/index.ts';
import { after } from '../ic/timers.ts';
import type { StoredModule } from '../management/platform.ts';
import { MessageContext } from '../runtime/context.ts';
import { worker, type Worker } from '../runtime/worker.ts';
import { perform } from './upgrade-calls.ts';

const SECOND = 1_000_000_000n;
/** How often open upgrades are looked after, in seconds, if nothing is due before. */
const ROUND = 60;
/**
 * Seconds after which a call is taken for lost. The platform stops a canister within five minutes and
 * installs within its limit of instructions; a contract's code may keep silent for ever.
 */
const PATIENCE: Partial<Record<UpgradeCall, bigint>> = { probe: 60n, stop: 400n, install: 900n };
const USUAL_PATIENCE = 300n;

/** Version of a contract that runs a module which nobody registered. */
export const UNKNOWN_VERSION = 'unknown';

/** What the driver needs of the kernel. */
export interface Upgrading {
  readonly upgrades: UpgradeBook;
  readonly directory: Directory;
  readonly refreshes: Queue<Refresh>;
  readonly refresher: Worker;
  /** The registered version of a module; `withdrawn` if it is not to be installed. */
  moduleOf(hash: Uint8Array): RegisteredModule | null;
  /** Told of each upgrade that ended. */
  ended(upgrade: UpgradeRecord): void;
}

/** A registered version, as far as installing it goes. */
export interface RegisteredModule {
  readonly version: string;
  readonly chunks: readonly Uint8Array[];
  readonly withdrawn: boolean;
}

/**
 * Carries every open upgrade to its end, side by side: one message chain for each, taken up again after
 * whatever cut it off.
 */
export function upgradeDriver(kernel: Upgrading): Worker {
  const { upgrades } = kernel;
  const context = new MessageContext();
  /** Who carries which upgrade, and until when he is waited for. On the heap: an upgrade frees all. */
  const carriers = new Map<number, { until: bigint }>();

  const driver = worker(() => {
    if (upgrades.open.length === 0) return null;
    let wait = ROUND;
    for (const number of upgrades.open) {
      const carrier = carriers.get(number);
      if (carrier !== undefined && context.now < carrier.until) continue;
      if (carrier !== undefined) giveUpProbe(number);
      const seconds = secondsUntilDue(upgrades.of(number));
      if (seconds === 0) carryOn(number);
      else wait = Math.min(wait, seconds);
    }
    return wait;
  });

  /** A contract that does not answer in time does not work; other calls are looked into instead. */
  function giveUpProbe(number: number): void {
    const record = upgrades.of(number);
    if (record === null || nextCall(record) !== 'probe') return;
    const message = 'The contract did not answer in time';
    save(settle(record, { kind: 'failed', retriable: false, message }, context.now));
  }

  function carryOn(number: number): void {
    const carrier = { until: context.now + USUAL_PATIENCE * SECOND };
    carriers.set(number, carrier);
    after(0, () => carry(number, carrier));
  }

  async function carry(number: number, carrier: { until: bigint }): Promise<void> {
    try {
      while (carriers.get(number) === carrier) {
        const record = upgrades.of(number);
        const which = record === null ? null : nextCall(record);
        if (record === null || which === null) return;
        const seconds = kernel.refreshes.isFull ? ROUND : secondsUntilDue(record);
        if (seconds > 0) return driver.wake(seconds);
        save(intent(record));
        carrier.until = context.now + (PATIENCE[which] ?? USUAL_PATIENCE) * SECOND;
        const answer = await perform(which, record, moduleFor(record), context.self);
        // Somebody else carries on if we were waited for too long.
        if (carriers.get(number) === carrier) save(settle(record, answer, context.now));
      }
    } finally {
      // After a trap this runs in the cleanup of the message: heap only, no calls.
      if (carriers.get(number) === carrier) carriers.delete(number);
    }
  }

  function moduleFor({ toHash }: UpgradeRecord): StoredModule | null {
    const found = kernel.moduleOf(toHash);
    if (found === null || found.withdrawn) return null;
    return { hash: toHash, chunks: found.chunks, store: context.self };
  }

  function save(record: UpgradeRecord): void {
    if (isOver(record)) recordOutcome(kernel, record);
    upgrades.save(record, context.now);
    if (isOver(record)) kernel.ended(record);
  }

  function secondsUntilDue(record: UpgradeRecord | null): number {
    if (record === null || record.dueAt <= context.now) return 0;
    return Number((record.dueAt - context.now + SECOND - 1n) / SECOND);
  }

  return driver;
}

/** Brings the directory in line with the module that the platform says the contract runs. */
function recordOutcome(
  { directory, refreshes, refresher, moduleOf }: Upgrading,
  { number, foundHash, toHash, toVersion, controlled }: UpgradeRecord,
): void {
  const info = directory.info(number);
  const moduleHash = foundHash ?? info.moduleHash;
  let { version } = info;
  if (equal(moduleHash, toHash)) version = toVersion;
  else if (!equal(moduleHash, info.moduleHash)) {
    version = moduleOf(moduleHash)?.version ?? UNKNOWN_VERSION;
  }
  if (
    version === info.version &&
    equal(moduleHash, info.moduleHash) &&
    controlled === info.managed
  ) {
    return;
  }
  const left = directory.change(number, { version, moduleHash, managed: controlled });
  if (left !== null && refreshes.push(left)) refresher.wake();
}
