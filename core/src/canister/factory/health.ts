import { factoryMethods, statusesOf } from '../../factory/index.ts';
import { RETIRED } from '../../model/cycles/retired.ts';
import type { Context } from '../runtime/context.ts';
import { handle } from '../runtime/handle.ts';
import { agesOf } from './ages.ts';
import { freezesIn, spendable } from './burning.ts';
import type { Kernel } from './kernel.ts';
import { readiness } from './readiness.ts';
import { MAX_VERSIONS } from './version-store.ts';

/** Whether the factory would take an order now, what it holds, and how its work stands. */
export const getFactoryHealth = (kernel: Kernel) =>
  handle(factoryMethods.getFactoryHealth, (context) => healthOf(kernel, context));

/** How the factory is. */
export function healthOf(kernel: Kernel, { cyclesBalance: cycles, now }: Context) {
  const { definition, directory, upgrades } = kernel;
  const { paused, reserve } = kernel.config.get();
  const { failed, underWay } = kernel.counters.get();
  const ready = readiness(kernel, cycles);
  const versions = kernel.versions.page(0, MAX_VERSIONS);
  return {
    id: definition.id,
    healthy: 'Ok' in ready,
    paused,
    cycles,
    spendable: spendable(cycles, kernel.burning.get()),
    reserve,
    latestVersion: 'Ok' in ready ? ready.Ok.version : null,
    contracts: directory.size,
    failed,
    underWay,
    spares: kernel.spares.size,
    callbacks: BigInt(kernel.callbacks.get()),
    byStatus: [...statusesOf(definition), RETIRED].map((name) => ({
      name,
      contracts: directory.facets.countOfStatus(name),
    })),
    byVersion: versions.map(({ registration: { version: name } }) => ({
      name,
      contracts: directory.facets.countOfVersion(name),
    })),
    events: Object.keys(definition.events ?? {}).map((name) => ({
      name,
      count: kernel.emitted.countOf(name),
    })),
    upgrades: { underWay: upgrades.open.length, ...upgrades.totals },
    refreshesWaiting: kernel.refreshes.size,
    snapshotsWaiting: kernel.sweeps.size,
    relationships: kernel.relationships.figures,
    ages: agesOf(kernel, now),
    reports: kernel.hearsay.get(),
    indexes: kernel.indexCheck.get().check,
    freezesIn: freezesIn(cycles, kernel.burning.get()),
  };
}
