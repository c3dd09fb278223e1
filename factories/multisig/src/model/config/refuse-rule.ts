import type { Refused } from '@fabrica/core';

import { configErrors } from '../../config-errors.ts';
import type { Rule } from '../../schemas/policy.ts';
import { refuseLine } from '../text.ts';
import { WALLET_LIMITS } from './limits.ts';

/** Why a rule may not stand in the policy of a wallet with so many signers, or `null`. */
export function refuseRule(rule: Rule, position: number, signers: number): Refused | null {
  const { approvals, timelock, minAmount, maxAmount, targets } = rule;
  if (approvals < 1 || approvals > signers) {
    return configErrors.rule_approvals_range({ position, approvals, signers });
  }
  if (timelock > WALLET_LIMITS.timelock) {
    return configErrors.timelock_range({ timelock, max: WALLET_LIMITS.timelock });
  }
  if (minAmount !== null && maxAmount !== null && minAmount > maxAmount) {
    return configErrors.rule_amounts({ position, min: minAmount, max: maxAmount });
  }
  if ((minAmount !== null || maxAmount !== null) && targets.length === 0) {
    return configErrors.rule_amounts_without_target({ position });
  }
  return refuseLists(rule, position);
}

function refuseLists(rule: Rule, position: number): Refused | null {
  const max = WALLET_LIMITS.ruleList;
  for (const what of ['targets', 'recipients', 'methods'] as const) {
    if (rule[what].length > max) return configErrors.rule_list_count({ position, max, what });
  }
  for (const recipient of rule.recipients) {
    if ('AccountId' in recipient && recipient.AccountId.length !== 32) {
      return configErrors.action_account_id({ position });
    }
  }
  for (const method of rule.methods) {
    const refused = refuseLine('method', method, WALLET_LIMITS.methodName);
    if (refused !== null) return refused;
  }
  return refuseLine('name of a rule', rule.name, WALLET_LIMITS.ruleName);
}
