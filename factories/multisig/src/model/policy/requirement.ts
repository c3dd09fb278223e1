import { binary, equal } from '@fabrica/core/store';

import type { Action } from '../../schemas/actions.ts';
import type { Recipient, Rule } from '../../schemas/policy.ts';
import type { WalletConfig } from '../../schemas/wallet.ts';
import { subjectOf, totalsOf, type Subject } from './subject.ts';

/** What a proposal needs before it may be executed. */
export interface Requirement {
  /** Approvals in force. */
  readonly required: number;
  /** Nanoseconds from the last of them. */
  readonly timelock: bigint;
}

/** More approvals than a wallet has voters. */
const UNREACHABLE = 0xffff;

/** What these actions need together, by the policy in force: the most that any of them needs. */
export function requirementOf(
  config: WalletConfig,
  actions: readonly Action[],
  recovery: boolean,
  self: Uint8Array,
): Requirement {
  if (recovery) {
    // Guardians vote on a recovery: if it is abolished meanwhile, they must not meet the wallet's threshold.
    if (config.recovery === null) return { required: UNREACHABLE, timelock: 0n };
    return { required: config.recovery.approvals, timelock: config.recovery.delay };
  }
  const { rules, threshold } = config;
  if (rules.length === 0) {
    return { required: threshold, timelock: actions.every(isUnpause) ? 0n : config.timelock };
  }
  const subjects = actions.map((action) => subjectOf(action, self));
  const totals = totalsOf(subjects);
  let required = 1;
  let timelock = 0n;
  for (const subject of subjects) {
    // Amounts are compared by their sum in the proposal: many small transfers are one large one.
    const total = subject.target === null ? 0n : (totals.get(binary(subject.target)) ?? 0n);
    const need = needOf(config, subject, total, self);
    if (need.required > required) required = need.required;
    if (need.timelock > timelock) timelock = need.timelock;
  }
  return { required, timelock };
}

/** A guardian's pause is meant to be short: lifting it waits only if a rule says so. */
function isUnpause(action: Action): boolean {
  return 'Change' in action && 'Unpause' in action.Change;
}

function needOf(
  config: WalletConfig,
  subject: Subject,
  total: bigint,
  self: Uint8Array,
): Requirement {
  const { threshold, timelock, rules } = config;
  const rule = rules.find((one) => matches(one, subject, total));
  const least = subject.kind === 'Change' && subject.method === 'Unpause' ? 0n : timelock;
  if (rule === undefined) return { required: threshold, timelock: least };
  const itself = subject.target !== null && equal(subject.target, self);
  if (subject.kind !== 'Change' && !itself) {
    return { required: rule.approvals, timelock: rule.timelock };
  }
  // Else a lenient rule would be a way to make all others lenient.
  return {
    required: Math.max(rule.approvals, threshold),
    timelock: rule.timelock > least ? rule.timelock : least,
  };
}

function matches(rule: Rule, subject: Subject, total: bigint): boolean {
  const { kinds, targets, recipients, methods, minAmount, maxAmount } = rule;
  if (kinds.length > 0 && !kinds.some((kind) => subject.kind in kind)) return false;
  if (methods.length > 0 && !methods.includes(subject.method)) return false;
  const { target, recipient, amount } = subject;
  if (targets.length > 0 && (target === null || !targets.some((one) => equal(one, target)))) {
    return false;
  }
  if (recipients.length > 0 && !recipients.some((one) => same(one, recipient))) return false;
  if (minAmount === null && maxAmount === null) return true;
  if (amount === null) return false;
  return total >= (minAmount ?? 0n) && (maxAmount === null || total <= maxAmount);
}

function same(one: Recipient, other: Recipient | null): boolean {
  if (other === null) return false;
  if ('Owner' in one) return 'Owner' in other && equal(one.Owner, other.Owner);
  return 'AccountId' in other && equal(one.AccountId, other.AccountId);
}
