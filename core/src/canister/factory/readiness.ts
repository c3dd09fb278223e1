import type { Result } from '../../errors/index.ts';
import { factoryErrors, type VersionRegistration } from '../../factory/index.ts';
import { spendable } from './burning.ts';
import { latestStable } from './version-store.ts';
import type { Kernel } from './kernel.ts';

/**
 * The platform's fee for creating a canister on a 13-node subnet, in cycles.
 * Source: https://internetcomputer.org/docs/references/cycles-cost-formulas
 */
export const CREATION_FEE = 500_000_000_000n;

/** The version a new contract would be made from, or why none would be made now. */
export function readiness(kernel: Kernel, cyclesHeld: bigint): Result<VersionRegistration> {
  const { paused, reserve } = kernel.config.get();
  if (paused) return factoryErrors.paused();
  const version = latestStable(kernel.versions);
  if (version === null) return factoryErrors.no_version();
  const needed = CREATION_FEE + kernel.definition.cycles.initial + reserve;
  const held = spendable(cyclesHeld, kernel.burning.get());
  if (held < needed) return factoryErrors.reserve_low({ held, needed });
  return { Ok: version };
}
