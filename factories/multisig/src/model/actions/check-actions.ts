import type { Refused, Result } from '@fabrica/core';
import { binary } from '@fabrica/core/store';

import { multisigErrors } from '../../errors.ts';
import type { Action } from '../../schemas/actions.ts';
import type { ChangeName } from '../../schemas/changes.ts';
import type { WalletConfig } from '../../schemas/wallet.ts';
import { applyChange, changeName } from '../config/apply-change.ts';
import { subjectOf } from '../policy/subject.ts';
import { refuseSpending } from '../policy/usage.ts';
import { refuseAction } from './refuse-action.ts';

/** What is spent of a token today. */
export type Spent = (ledger: Uint8Array) => bigint;

/**
 * Goes through actions as their execution would: each in the wallet that the ones before it leave.
 *
 * @returns the wallet after them all, or why one of them is refused.
 */
export function checkActions(
  config: WalletConfig,
  actions: readonly Action[],
  self: Uint8Array,
  spent: Spent,
): Result<WalletConfig> {
  const before = new Map<string, bigint>();
  let after = config;
  for (const [position, action] of actions.entries()) {
    if ('Change' in action) {
      const changed = applyChange(after, action.Change);
      if ('Err' in changed) return changed;
      after = changed.config;
      continue;
    }
    const subject = subjectOf(action, self);
    const refused = refuseAction(after, action, subject, position, self);
    if (refused !== null) return refused;
    const { target, amount } = subject;
    if (target === null || amount === null || after.limits.length === 0) continue;
    const ledger = binary(target);
    const already = before.get(ledger) ?? 0n;
    const exceeded = refuseSpending(after, subject, spent(target) + already, position);
    if (exceeded !== null) return exceeded;
    before.set(ledger, already + amount);
  }
  return { Ok: after };
}

/** What a recovery may do: bring back a wallet whose signers cannot act, and nothing else. */
const RECOVERING: ReadonlySet<ChangeName> = new Set([
  'AddSigner',
  'RemoveSigner',
  'ReplaceSigner',
  'SetThreshold',
  'SetRules',
  'Unpause',
]);

/** Why actions cannot be proposed as a recovery, or `null`. */
export function refuseRecovery(
  { recovery }: WalletConfig,
  actions: readonly Action[],
): Refused | null {
  if (recovery === null) return multisigErrors.no_recovery();
  const position = actions.findIndex(
    (action) => !('Change' in action && RECOVERING.has(changeName(action.Change))),
  );
  return position < 0 ? null : multisigErrors.recovery_action({ position });
}
