import type { Refused } from '@fabrica/core';
import type { Infer } from '@fabrica/core/candid';
import { equal } from '@fabrica/core/store';

import { multisigErrors } from '../../errors.ts';
import { MANAGEMENT_ID } from '../../peers/management.ts';
import type { Action, CallAction, Operation } from '../../schemas/actions.ts';
import type { WalletConfig } from '../../schemas/wallet.ts';
import { WALLET_LIMITS } from '../config/limits.ts';
import type { Subject } from '../policy/subject.ts';
import { limitOf } from '../policy/usage.ts';
import { utf8Length } from '../text.ts';
import { refuseAccountId, refuseMemo, refuseSubaccount } from './refuse-accounts.ts';

/** Why an action cannot be carried out as it is written, or `null`. Changes are judged by applying them. */
export function refuseAction(
  config: WalletConfig,
  action: Action,
  subject: Subject,
  position: number,
  self: Uint8Array,
): Refused | null {
  if ('Change' in action) return null;
  if ('Manage' in action) {
    const { canister, operation } = action.Manage;
    if (equal(canister, MANAGEMENT_ID)) return multisigErrors.action_target({ position });
    return refuseOperation(operation, position);
  }
  if ('Call' in action) return refuseCall(config, action.Call, subject, position, self);

  const { target } = subject;
  if (target === null || equal(target, self) || equal(target, MANAGEMENT_ID)) {
    return multisigErrors.action_target({ position });
  }
  return refuseLedgerAction(action, position);
}

type LedgerAction = Exclude<
  Action,
  { readonly Change: unknown } | { readonly Manage: unknown } | { readonly Call: unknown }
>;

function refuseLedgerAction(action: LedgerAction, position: number): Refused | null {
  if ('Transfer' in action) {
    const { fromSubaccount, to, amount, memo } = action.Transfer;
    if (amount === 0n) return multisigErrors.action_amount({ position });
    return (
      refuseSubaccount(fromSubaccount, position) ??
      refuseSubaccount(to.subaccount, position) ??
      refuseMemo(memo, position)
    );
  }
  if ('Approve' in action) {
    // An amount of 0 takes an approval back.
    const { fromSubaccount, spender, memo } = action.Approve;
    return (
      refuseSubaccount(fromSubaccount, position) ??
      refuseSubaccount(spender.subaccount, position) ??
      refuseMemo(memo, position)
    );
  }
  const { fromSubaccount, to, amount } = action.IcpTransfer;
  if (amount === 0n) return multisigErrors.action_amount({ position });
  return refuseSubaccount(fromSubaccount, position) ?? refuseAccountId(to, position);
}

function refuseCall(
  config: WalletConfig,
  { canister, method, args }: Infer<typeof CallAction>,
  subject: Subject,
  position: number,
  self: Uint8Array,
): Refused | null {
  if (equal(canister, self) || equal(canister, MANAGEMENT_ID)) {
    return multisigErrors.action_target({ position });
  }
  const length = utf8Length(method);
  const max = WALLET_LIMITS.methodName;
  if (length === 0 || length > max) return multisigErrors.action_method({ position, length, max });
  if (args[0] !== 0x44 || args[1] !== 0x49 || args[2] !== 0x44 || args[3] !== 0x4c) {
    return multisigErrors.action_args({ position });
  }
  if (subject.undecodable) return multisigErrors.call_undecodable({ method, position });
  if (subject.amount === null && limitOf(config, canister) !== null) {
    return multisigErrors.call_of_limited_token({ position, method });
  }
  return null;
}

function refuseOperation(operation: Operation, position: number): Refused | null {
  if ('UpdateSettings' in operation) {
    const { controllers } = operation.UpdateSettings;
    return controllers?.length === 0 ? multisigErrors.no_controllers({ position }) : null;
  }
  if ('DepositCycles' in operation) {
    return operation.DepositCycles === 0n ? multisigErrors.action_amount({ position }) : null;
  }
  if (!('Install' in operation)) return null;
  const { moduleHash, chunks } = operation.Install;
  if (chunks.length === 0) return multisigErrors.action_chunks({ position });
  const wrong = [moduleHash, ...chunks].find(({ length }) => length !== 32);
  return wrong === undefined
    ? null
    : multisigErrors.action_hash({ position, length: wrong.length });
}
