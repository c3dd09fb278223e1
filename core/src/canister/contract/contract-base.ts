import { c } from '../../candid/index.ts';
import { contractErrors, contractMethods } from '../../contract/index.ts';
import { contractFacingMethods } from '../../factory/contract-facing.ts';
import { statusesOf, type FactoryDefinition } from '../../factory/define-factory.ts';
import { ContractEvent, MAX_EVENTS } from '../../factory/events.ts';
import { Cell, equal, Queue, stored, type ByteStore } from '../../store/index.ts';
import { call } from '../runtime/call.ts';
import { handle } from '../runtime/handle.ts';
import { worker } from '../runtime/worker.ts';

/** What a contract knows of itself. */
const Identity = c.record({
  factory: c.principal,
  owner: c.principal,
  status: c.text({ max: 32 }),
  isPublic: c.bool,
  autoUpdate: c.bool,
  dropped: c.nat32,
});

/** Events that may wait for the factory; the next one is dropped and counted. */
const MAX_WAITING = 10_000;

/** Seconds before a batch that failed is sent again: doubles from the first to the last. */
const FIRST_RETRY = 2;
const LAST_RETRY = 3600;

const getContractInfo = {
  ...contractFacingMethods.getContractInfo,
  name: 'getContractInfo',
} as const;
const notifyEvents = { ...contractFacingMethods.notifyEvents, name: 'notifyEvents' } as const;

/** Keyspaces a contract gives to the kernel. */
export interface ContractSpaces {
  readonly identity: ByteStore;
  readonly outbox: ByteStore;
}

/**
 * The kernel's part of a contract: who made it and who owns it, its status, and the durable outbox
 * through which its factory learns of changes, in order and until confirmed.
 */
export function contractBase(definition: FactoryDefinition, space: ContractSpaces) {
  const identity = new Cell(space.identity, stored(1, Identity));
  const outbox = new Queue(space.outbox, stored(1, ContractEvent), { max: MAX_WAITING });
  let retry = FIRST_RETRY;

  const sender = worker(async () => {
    const events = outbox.peekMany(MAX_EVENTS);
    if (events.length === 0) return null;
    const first = BigInt(outbox.popped);
    const outcome = await call(identity.get().factory, notifyEvents, [first, events]);
    if (!outcome.ok || 'Err' in outcome.value) {
      retry = Math.min(retry * 2, LAST_RETRY);
      return retry;
    }
    retry = FIRST_RETRY;
    // The factory's next number, not our count: part of the batch may have arrived before.
    outbox.drop(Number(outcome.value.Ok) - outbox.popped);
    return outbox.size > 0 ? 0 : null;
  });

  /** Tells the factory, sooner or later. Never fails; past the bound the event is dropped and counted. */
  function notify(event: ContractEvent): void {
    if (identity.get().factory.length === 0) return;
    if (outbox.push(event)) sender.wake();
    else identity.set({ ...identity.get(), dropped: identity.get().dropped + 1 });
  }

  return {
    identity,
    notify,
    /**
     * To be called by the contract's `init`.
     *
     * @param factory who made it and is told of changes; no bytes if nobody is, as for a contract that
     *   an operator installs by hand.
     */
    init(factory: Uint8Array, owner: Uint8Array): void {
      const status = statusesOf(definition)[0]!;
      identity.set({ factory, owner, status, isPublic: true, autoUpdate: false, dropped: 0 });
      notify({ DeploymentComplete: null });
    },
    /** To be called by the contract's `postUpgrade`. */
    postUpgrade(): void {
      if (outbox.size > 0) sender.wake();
    },
    /** Sets the status and tells the factory. */
    setStatus(status: string): void {
      identity.set({ ...identity.get(), status });
      notify({ StatusChanged: status });
    },
    methods: {
      contractVersion: handle(contractMethods.contractVersion, () => definition.version),
      contractHealth: handle(contractMethods.contractHealth, (context) => {
        const { factory, owner, status, isPublic, dropped } = identity.get();
        return {
          version: definition.version,
          status,
          isPublic,
          factory,
          owner,
          cycles: context.cyclesBalance,
          eventsWaiting: outbox.size,
          eventsDropped: dropped,
        };
      }),
      autoUpdate: handle(contractMethods.autoUpdate, () => identity.get().autoUpdate),
      setAutoUpdate: handle(contractMethods.setAutoUpdate, (autoUpdate, context) => {
        const known = identity.get();
        if (!equal(known.owner, context.caller)) return contractErrors.not_the_owner();
        if (known.autoUpdate !== autoUpdate) {
          identity.set({ ...known, autoUpdate });
          notify({ AutoUpdateChanged: autoUpdate });
        }
        return { Ok: null };
      }),
      refreshOwner: handle(
        contractMethods.refreshOwner,
        async (context) => {
          const told = await call(identity.get().factory, getContractInfo, [context.self]);
          if (!told.ok) return contractErrors.factory_silent({ reason: told.failure.message });
          if ('Err' in told.value) return told.value;
          const { owner } = told.value.Ok;
          identity.set({ ...identity.get(), owner });
          return { Ok: owner };
        },
        { audience: 'identified' },
      ),
      setVisibility: handle(contractMethods.setVisibility, (isPublic, context) => {
        const known = identity.get();
        if (!equal(known.owner, context.caller)) return contractErrors.not_the_owner();
        if (known.isPublic !== isPublic) {
          identity.set({ ...known, isPublic });
          notify({ VisibilityChanged: isPublic });
        }
        return { Ok: null };
      }),
    },
  };
}
