import { call, type Context, handle } from '@fabrica/core/canister';

import { WalletContract } from '../../candid.ts';
import * as assets from '../../model/assets/assets.ts';
import { IcrcLedger } from '../../peers/icrc-ledger.ts';
import type { Asset } from '../../schemas/views.ts';
import { refuseStranger } from './guards.ts';
import { wallet } from './wallet.ts';

const { methods } = WalletContract;
const identified = { audience: 'identified' } as const;

export const watchAsset = handle(
  methods.watchAsset,
  (ledger, context) => assets.watchAsset(wallet, ledger, context),
  identified,
);

export const unwatchAsset = handle(
  methods.unwatchAsset,
  (ledger, context) => assets.unwatchAsset(wallet, ledger, context),
  identified,
);

export const getAssets = handle(methods.getAssets, (context) => {
  return refuseStranger(context) ?? { Ok: wallet.assets.get() };
});

/** When the ledgers were asked last; an upgrade may forget it. */
let lastRefresh: bigint | null = null;

/** Asks all ledgers at once. Each answer is kept when it comes, so a silent ledger holds back the reply only. */
export const refreshBalances = handle(
  methods.refreshBalances,
  async (context) => {
    const refused = assets.refuseRefresh(wallet, lastRefresh, context);
    if (refused !== null) return refused;
    lastRefresh = context.now;
    await Promise.all(wallet.assets.get().map((asset) => ask(asset, context)));
    return { Ok: wallet.assets.get() };
  },
  identified,
);

const ledgerMethods = IcrcLedger.methods;

async function ask(asset: Asset, context: Context): Promise<void> {
  const { ledger } = asset;
  const account = { owner: context.self, subaccount: null };
  const named = asset.symbol !== null && asset.decimals !== null;
  const [balance, symbol, decimals] = await Promise.all([
    call(ledger, ledgerMethods.icrc1_balance_of, [account]),
    named ? null : call(ledger, ledgerMethods.icrc1_symbol, []),
    named ? null : call(ledger, ledgerMethods.icrc1_decimals, []),
  ]);
  const answer = balance.ok
    ? {
        balance: balance.value,
        symbol: symbol?.ok === true ? symbol.value : null,
        decimals: decimals?.ok === true ? decimals.value : null,
      }
    : { problem: balance.failure.message };
  assets.keepBalance(wallet, ledger, answer, context.now);
}
