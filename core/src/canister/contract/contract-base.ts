import { contractErrors, contractMethods } from '../../contract/index.ts';
import { contractFacingMethods } from '../../factory/contract-facing.ts';
import type { Input, Schema } from '../../candid/index.ts';
import {
  statusesOf,
  type ContractFacts,
  type EventSchemas,
  type NoEvents,
} from '../../factory/define-factory.ts';
import { MAX_PAYLOAD } from '../../factory/events.ts';
import { payloadCodecs } from '../../factory/payloads.ts';
import type { Refused } from '../../errors/index.ts';
import { Cell, equal, stored, type ByteStore } from '../../store/index.ts';
import { depositCycles } from '../management/deposit-cycles.ts';
import { call } from '../runtime/call.ts';
import { MessageContext, type Context } from '../runtime/context.ts';
import { handle } from '../runtime/handle.ts';
import { Identity } from './identity.ts';
import { reporter, type HolderPages } from './reporter.ts';

const getContractInfo = {
  ...contractFacingMethods.getContractInfo,
  name: 'getContractInfo',
} as const;

/** What strangers are told of the health of a private contract. */
const UNTOLD = {
  status: '',
  isPublic: false,
  owner: Uint8Array.of(4),
  cycles: 0n,
  eventsWaiting: 0,
  eventsDropped: 0,
} as const;
const installSibling = { ...contractFacingMethods.installSibling, name: 'installSibling' } as const;

/** Keyspaces a contract gives to the kernel. */
export interface ContractSpaces {
  readonly identity: ByteStore;
  readonly outbox: ByteStore;
}

/** What a contract may tell the kernel of itself. */
export interface ContractOptions {
  /**
   * Who has roles in the contract. Without it the factory cannot be told anew who they are, should it ever
   * miss a change; a contract that reports changes of roles should give it.
   */
  readonly holders?: HolderPages;
  /** Why the contract must not be retired now; `null` if it may be. Without it, it always may. */
  readonly refuseRetirement?: () => Refused | null;
  /**
   * Whom a private contract tells of its health and settings besides its owner and its factory. Without it,
   * contracts tell everybody.
   */
  readonly knows?: (context: Context) => boolean;
}

/**
 * The kernel's part of a contract: who made it and who owns it, its status, and the durable outbox
 * through which its factory learns of changes, in order and until confirmed.
 */
export function contractBase<Events extends EventSchemas = NoEvents>(
  definition: ContractFacts<Schema, Events>,
  space: ContractSpaces,
  options: ContractOptions = {},
) {
  const identity = new Cell(space.identity, stored(1, Identity));
  const autoUpdate = () => identity.get().autoUpdate;
  const holders = options.holders ?? (definition.roles.length === 0 ? () => [] : null);
  const reports = reporter(space.outbox, identity, autoUpdate, holders);
  const { notify, outbox } = reports;
  const { knows } = options;
  const payloads = payloadCodecs(definition.events ?? {});

  /** True if the caller is to be told nothing but what the platform tells anybody. */
  function conceals(context: Context): boolean {
    const { isPublic, owner, factory } = identity.get();
    if (isPublic || knows === undefined) return false;
    const { caller } = context;
    return !equal(caller, owner) && !equal(caller, factory) && !knows(context);
  }

  return {
    identity,
    notify,
    /**
     * Tells the factory of an event of the domain, sooner or later.
     *
     * @throws RangeError if it carries more than {@link MAX_PAYLOAD} bytes, which the schema should rule out.
     */
    emit<Name extends keyof Events & string>(name: Name, value: Input<Events[Name]>): void {
      const payload = payloads.encode(name, value);
      if (payload.length > MAX_PAYLOAD) throw new RangeError(`Event ${name} carries too much`);
      notify({ Emitted: { name, payload } });
    },
    /**
     * To be called by the contract's `init`.
     *
     * @param factory who made it and is told of changes; no bytes if nobody is, as for a contract that
     *   an operator installs by hand.
     */
    init(factory: Uint8Array, owner: Uint8Array): void {
      const status = statusesOf(definition)[0]!;
      const epoch = new MessageContext().now;
      const untold = { dropped: 0, snapshot: null };
      identity.set({ factory, owner, status, isPublic: true, autoUpdate: false, epoch, ...untold });
      notify({ DeploymentComplete: null });
    },
    /** To be called by the contract's `postUpgrade`. */
    postUpgrade(): void {
      reports.resume();
    },
    /**
     * Has the factory install this contract's own module into an empty canister, whose controllers are the
     * two. Harmless to repeat. The caller then removes the factory from the controllers, if it should be.
     */
    installSibling: (canister: Uint8Array, argument: Uint8Array) =>
      call(identity.get().factory, installSibling, [canister, argument]),
    /** Sets the status and tells the factory. */
    setStatus(status: string): void {
      identity.set({ ...identity.get(), status });
      notify({ StatusChanged: status });
    },
    methods: {
      contractVersion: handle(contractMethods.contractVersion, () => definition.version),
      contractHealth: handle(contractMethods.contractHealth, (context) => {
        const { factory, owner, status, isPublic, dropped } = identity.get();
        if (conceals(context)) return { ...UNTOLD, version: definition.version, factory };
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
      autoUpdate: handle(
        contractMethods.autoUpdate,
        (context) => !conceals(context) && autoUpdate(),
      ),
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
      returnCycles: handle(
        contractMethods.returnCycles,
        async (keep, { caller, cyclesBalance }) => {
          const { factory } = identity.get();
          if (!equal(factory, caller)) return contractErrors.not_the_factory();
          const refused = options.refuseRetirement?.() ?? null;
          if (refused !== null) return refused;
          if (cyclesBalance <= keep) return { Ok: 0n };
          const spare = cyclesBalance - keep;
          const sent = await depositCycles(factory, spare);
          if (!sent.ok) return contractErrors.cycles_kept({ reason: sent.failure.message });
          return { Ok: spare };
        },
        { audience: 'canisters' },
      ),
      resync: handle(contractMethods.resync, (context) => {
        if (!equal(identity.get().owner, context.caller)) return contractErrors.not_the_owner();
        reports.restart();
        return { Ok: null };
      }),
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
