import { uninstall } from '../management/uninstall.ts';
import { memoryUsage } from '../state/memory-usage.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import { idleCost } from './costs.ts';

/** How often storage and compute are charged, ns. */
const INTERVAL = 10_000_000_000n;

/** Charges a subnet's canisters for storage and compute. Those that cannot pay lose their code. */
export function chargeIdle(world: World, subnet: Subnet): void {
  const elapsed = world.time - subnet.chargedUntil;
  if (elapsed < INTERVAL) {
    // Time may have been set back: charge from there on.
    if (elapsed < 0n) subnet.chargedUntil = world.time;
    return;
  }
  subnet.chargedUntil = world.time;
  if (!subnet.charged) return;
  for (const canister of subnet.canisters) {
    const cost = idleCost(canister, memoryUsage(canister), elapsed);
    if (canister.cycles >= cost) {
      canister.cycles -= cost;
      continue;
    }
    canister.cycles = 0n;
    uninstall(world, canister, null);
  }
}
