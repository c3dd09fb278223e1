import type { Kernel } from './kernel.ts';

const SECOND = 1_000_000_000n;

/** For how many seconds the oldest piece of each kind of work has been open; kinds without any are left out. */
export function agesOf(kernel: Kernel, now: bigint): { name: string; seconds: bigint }[] {
  const { upgrades, handovers, retirements } = kernel;
  const since: Record<string, readonly (bigint | null | undefined)[]> = {
    deployments: [...kernel.running.values()],
    upgrades: upgrades.open.map((number) => upgrades.of(number)?.requestedAt),
    handovers: handovers.open.map((number) => handovers.of(number)?.since),
    retirements: retirements.open.map((number) => retirements.of(number)?.since),
    refreshes: [kernel.refresher.since],
    snapshots: [kernel.sweeper.since],
    relationships: [kernel.teller.since],
  };
  return Object.entries(since).flatMap(([name, times]) => {
    const known = times.filter((time) => time !== null && time !== undefined);
    if (known.length === 0) return [];
    const oldest = known.reduce((least, time) => (time < least ? time : least));
    return [{ name, seconds: (now - oldest) / SECOND }];
  });
}
