import type { Refused } from '@fabrica/core';
import { binary } from '@fabrica/core/store';

import { configErrors } from '../../config-errors.ts';
import type { Limit } from '../../schemas/policy.ts';
import type { Role, WalletConfig } from '../../schemas/wallet.ts';
import { ROLE_COUNTS, WALLET_LIMITS } from './limits.ts';
import { refuseRule } from './refuse-rule.ts';
import { rosterOf } from './roster.ts';

/**
 * Why a wallet may not be so, or `null`. Whatever passes here can act: all its signers together meet the
 * threshold, every rule and, with the guardians, the recovery.
 */
export function refuseConfig(config: WalletConfig): Refused | null {
  return (
    refuseCounts(config) ??
    refuseThresholds(config) ??
    refuseTimes(config) ??
    refuseRules(config) ??
    refuseLimits(config.limits)
  );
}

function refuseCounts({ members }: WalletConfig): Refused | null {
  for (const role of Object.keys(ROLE_COUNTS) as Role[]) {
    const count = members.filter(({ roles }) => roles[role]).length;
    const { min, max } = ROLE_COUNTS[role];
    if (count < min || count > max) return configErrors.members_count({ count, role, min, max });
  }
  return null;
}

function refuseThresholds(config: WalletConfig): Refused | null {
  const signers = rosterOf(config).voters(false).size;
  const { threshold, recovery } = config;
  if (threshold < 1 || threshold > signers) {
    return configErrors.threshold_range({ threshold, signers });
  }
  const voters = rosterOf(config).voters(true).size;
  if (recovery !== null && (recovery.approvals < 1 || recovery.approvals > voters)) {
    const { approvals } = recovery;
    return configErrors.recovery_approvals_range({ approvals, voters });
  }
  return null;
}

function refuseTimes({ timelock, lifetime, recovery }: WalletConfig): Refused | null {
  if (timelock > WALLET_LIMITS.timelock) {
    return configErrors.timelock_range({ timelock, max: WALLET_LIMITS.timelock });
  }
  const { minLifetime, maxLifetime, minRecoveryDelay, maxRecoveryDelay } = WALLET_LIMITS;
  if (lifetime < minLifetime || lifetime > maxLifetime) {
    return configErrors.lifetime_range({ lifetime, min: minLifetime, max: maxLifetime });
  }
  if (recovery === null) return null;
  const { delay } = recovery;
  if (delay >= minRecoveryDelay && delay <= maxRecoveryDelay) return null;
  return configErrors.recovery_delay_range({
    delay,
    min: minRecoveryDelay,
    max: maxRecoveryDelay,
  });
}

function refuseRules(config: WalletConfig): Refused | null {
  const { rules } = config;
  if (rules.length > WALLET_LIMITS.rules) {
    return configErrors.rules_count({ count: rules.length, max: WALLET_LIMITS.rules });
  }
  const signers = rosterOf(config).voters(false).size;
  for (const [position, rule] of rules.entries()) {
    const refused = refuseRule(rule, position, signers);
    if (refused !== null) return refused;
  }
  return null;
}

function refuseLimits(limits: readonly Limit[]): Refused | null {
  if (limits.length > WALLET_LIMITS.limits) {
    return configErrors.limits_count({ count: limits.length, max: WALLET_LIMITS.limits });
  }
  const ledgers = new Set(limits.map(({ ledger }) => binary(ledger)));
  if (ledgers.size < limits.length) return configErrors.limit_repeated();
  const empty = limits.some(({ perTransfer, perDay }) => perTransfer === null && perDay === null);
  return empty ? configErrors.limit_empty() : null;
}
