import type { Refused, Result } from '@fabrica/core';
import { equal } from '@fabrica/core/store';

import { multisigErrors } from '../../errors.ts';
import { MAX_ASSETS, type Asset } from '../../schemas/views.ts';
import { canAct } from '../config/change-members.ts';
import { rosterOf } from '../config/roster.ts';
import type { Moment } from '../moment.ts';
import { SECOND } from '../time.ts';
import type { Wallet } from '../wallet.ts';

/** Seconds between two questions for balances: each costs the wallet cycles. */
export const REFRESH_SECONDS = 10n;

/** Shows the balance of a token from now on. By a signer. */
export function watchAsset(wallet: Wallet, ledger: Uint8Array, moment: Moment): Result<null> {
  const refused = refuseStranger(wallet, moment);
  if (refused !== null) return refused;
  const assets = wallet.assets.get();
  if (!canAct(ledger)) return multisigErrors.asset_unknown();
  if (find(assets, ledger) >= 0) return multisigErrors.asset_watched();
  if (assets.length >= MAX_ASSETS) {
    return multisigErrors.assets_count({ count: assets.length, max: MAX_ASSETS });
  }
  const asset: Asset = {
    ledger,
    symbol: null,
    decimals: null,
    balance: null,
    updatedAt: null,
    problem: null,
  };
  wallet.assets.set([...assets, asset]);
  wallet.note({ AssetWatched: ledger }, moment.caller, moment.now);
  return { Ok: null };
}

/** Shows it no longer. By a signer. */
export function unwatchAsset(wallet: Wallet, ledger: Uint8Array, moment: Moment): Result<null> {
  const refused = refuseStranger(wallet, moment);
  if (refused !== null) return refused;
  const assets = wallet.assets.get();
  const at = find(assets, ledger);
  if (at < 0) return multisigErrors.asset_unknown();
  wallet.assets.set(assets.toSpliced(at, 1));
  wallet.note({ AssetUnwatched: ledger }, moment.caller, moment.now);
  return { Ok: null };
}

/** What a ledger answered, or why it did not. */
export type BalanceAnswer =
  | { readonly balance: bigint; readonly symbol: string | null; readonly decimals: number | null }
  | { readonly problem: string };

/** Writes down a ledger's answer; an asset that was unwatched meanwhile stays so. */
export function keepBalance(
  wallet: Wallet,
  ledger: Uint8Array,
  answer: BalanceAnswer,
  now: bigint,
): void {
  const assets = wallet.assets.get();
  const at = find(assets, ledger);
  const asset = assets[at];
  if (asset === undefined) return;
  const next: Asset =
    'problem' in answer
      ? { ...asset, problem: answer.problem.slice(0, 70) }
      : {
          ledger,
          symbol: answer.symbol ?? asset.symbol,
          decimals: answer.decimals ?? asset.decimals,
          balance: answer.balance,
          updatedAt: now,
          problem: null,
        };
  wallet.assets.set(assets.with(at, next));
}

/** Why the ledgers are not asked now, or `null`. By any member. @param last when they were asked last. */
export function refuseRefresh(
  wallet: Wallet,
  last: bigint | null,
  { caller, now }: Moment,
): Refused | null {
  if (rosterOf(wallet.config.get()).find(caller) === null) return multisigErrors.private();
  if (last === null || now >= last + REFRESH_SECONDS * SECOND) return null;
  return multisigErrors.refresh_too_soon({ seconds: REFRESH_SECONDS });
}

function refuseStranger(wallet: Wallet, { caller }: Moment): Refused | null {
  return rosterOf(wallet.config.get()).has(caller, 'signer') ? null : multisigErrors.not_a_signer();
}

function find(assets: readonly Asset[], ledger: Uint8Array): number {
  return assets.findIndex((asset) => equal(asset.ledger, ledger));
}
