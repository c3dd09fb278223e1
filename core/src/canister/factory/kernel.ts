import { c } from '../../candid/index.ts';
import type { FactoryDefinition } from '../../factory/index.ts';
import { AdministrationLog } from '../../model/administration/index.ts';
import { TopUpBook } from '../../model/cycles/top-ups.ts';
import { Deployment } from '../../model/deployment.ts';
import { Directory } from '../../model/directory/directory.ts';
import { EmittedEvents } from '../../model/emitted-events.ts';
import { openHearsay } from '../../model/hearsay.ts';
import { openIndexCheck } from '../../model/index-check.ts';
import { aged } from './aged.ts';
import { burnMeter, openBurning } from './burning.ts';
import { checker } from './check-indexes.ts';
import { openGrants } from './grants-store.ts';
import { openHandovers } from './handover.ts';
import { refresher, sweeper } from './refresh.ts';
import { openRelationships } from './relationships.ts';
import { openRetirements } from './retirements.ts';
import { openUpgrades } from './upgrades.ts';
import { openVersions } from './version-store.ts';
import {
  Cell,
  Counter,
  keyspaces,
  Queue,
  stored,
  Table,
  type ByteStore,
} from '../../store/index.ts';

/** Settings of the factory; see `FactoryConfigUpdate`. */
const Config = c.record({ paused: c.bool, reserve: c.nat });

/** Running totals. */
const Counters = c.record({ failed: c.nat32, underWay: c.nat32 });

/** A contract whose rows are out of date from a member on. */
const Refresh = c.record({ contract: c.nat32, member: c.nat32 });

/** Cycles a factory keeps for itself until it is told otherwise: enough for months of idling. */
const DEFAULT_RESERVE = 500_000_000_000n;

/** Contracts that a day's top-ups give as much as they began with, until somebody sets the quota. */
const TOP_UPS_A_DAY = 10n;

/** Most empty canisters kept for later deployments. */
const MAX_SPARES = 1000;

/** Most refreshes waiting; past it the contract that reports is told to send its event again. */
const MAX_REFRESHES = 10_000;

/**
 * The state of a factory canister. Keyspace numbers are stored data: append only (guideline M6).
 *
 * @param open opens a stable map; see `openMemory`.
 */
export function openKernel(definition: FactoryDefinition, open: (memory: number) => ByteStore) {
  const small = keyspaces(open(0), {
    config: 0,
    whitelist: 1,
    counters: 2,
    versions: 3,
    deployments: 4,
    spares: 5,
    records: 6,
    infos: 7,
    lists: 8,
    members: 9,
    refreshes: 10,
    facets: 11,
    administrationLog: 12,
    sweeps: 13,
    hearsay: 14,
    indexCheck: 15,
    burning: 16,
    emitted: 17,
    callbacks: 18,
    upgrades: 20,
    openUpgrades: 21,
    upgradeHistory: 22,
    upgradeChoices: 23,
    handovers: 24,
    openHandovers: 25,
    rollouts: 26,
    topUpQuotas: 27,
    topUpsUsed: 28,
    topUps: 29,
    retirements: 30,
    openRetirements: 31,
    relationships: 40,
    relationshipBatches: 41,
    roleChanges: 42,
  });
  // What a first page of getMyContracts is read from, and nothing else: see FirstPages.
  const { fronts } = keyspaces(open(1), { fronts: 0 });
  const { mains } = keyspaces(open(2), { mains: 0 });
  const space = { ...small, fronts, mains };
  const state = {
    definition,
    directory: new Directory(space, definition.roles),
    config: new Cell(space.config, stored(1, Config), { paused: false, reserve: DEFAULT_RESERVE }),
    grants: openGrants(space.whitelist),
    administrationLog: new AdministrationLog(space.administrationLog),
    /** Events taken from contracts. */
    callbacks: new Counter(space.callbacks),
    counters: new Cell(space.counters, stored(1, Counters), { failed: 0, underWay: 0 }),
    versions: openVersions(space.versions),
    deployments: new Table(space.deployments, stored(1, Deployment)),
    spares: new Queue(space.spares, stored(1, c.principal), { max: MAX_SPARES }),
    /** Lists to bring up to date after a change that many share. */
    refreshes: new Queue(space.refreshes, stored(1, Refresh), { max: MAX_REFRESHES }),
    /** Snapshots whose leftovers are taken out of lists. */
    sweeps: new Queue(space.sweeps, stored(1, Refresh), { max: MAX_REFRESHES }),
    /** What reports came to. */
    hearsay: openHearsay(space.hearsay),
    /** Events of the domain, by contract. */
    emitted: new EmittedEvents(space.emitted),
    /** The last check of lists and sets. */
    indexCheck: openIndexCheck(space.indexCheck),
    /** What the factory burns by existing; read from the platform. */
    burning: openBurning(space.burning),
    topUps: new TopUpBook(space, quotasOf(definition)),
    /** Requests that a message of this canister is carrying out now, and since when. Heap: gone with an upgrade. */
    running: new Map<string, bigint>(),
  };
  const refreshing = {
    ...state,
    refresher: aged(refresher(state), () => state.refreshes.size),
    sweeper: aged(sweeper(state), () => state.sweeps.size),
    checker: checker(state),
    burnMeter: burnMeter(state),
  };
  const handing = {
    ...refreshing,
    ...openHandovers(space, refreshing),
    ...openRetirements(space, refreshing),
  };
  const relationships = openRelationships(space, state);
  return { ...handing, ...relationships, ...openUpgrades(space, handing) };
}

function quotasOf({ cycles: { initial } }: FactoryDefinition) {
  return { perContract: initial, perDay: TOP_UPS_A_DAY * initial, byOwners: false };
}

/** The state of a factory canister. */
export type Kernel = ReturnType<typeof openKernel>;
