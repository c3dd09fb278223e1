import { contractInit, contractMethods, Refusal } from '@fabrica/core';
import { c, query, service, update } from '@fabrica/core/candid';

import { multisigFactory } from './definition.ts';
import { ActivityQuery, ProposalQuery, ProposalRequest } from './schemas/requests.ts';
import {
  ActivityPage,
  Asset,
  ExecutionReport,
  MAX_ASSETS,
  ProposalPage,
  ProposalReceipt,
  ProposalView,
  WalletSummary,
} from './schemas/views.ts';
import { WalletConfig } from './schemas/wallet.ts';

const receipt = c.result(ProposalReceipt, Refusal);
const done = c.result(c.null, Refusal);
const id = c.nat32;
const hash = c.blob({ max: 64 });

/** What a wallet offers its members. Queries answer strangers only where the wallet is public. */
export const walletMethods = {
  propose: update([ProposalRequest], receipt),
  /** Proposal, and the hash of what the caller approves. */
  approve: update([id, hash], receipt),
  reject: update([id], receipt),
  /** Takes back the caller's approval or rejection. */
  revoke: update([id], receipt),
  /** By the proposer. */
  cancel: update([id], receipt),
  execute: update([id], c.result(ExecutionReport, Refusal)),
  /** By a guardian, at once; signers lift it with the change `Unpause`. */
  pause: update([c.text({ max: 1_000 })], done),

  watchAsset: update([c.principal], done),
  unwatchAsset: update([c.principal], done),
  refreshBalances: update([], c.result(c.vec(Asset, { max: MAX_ASSETS }), Refusal)),
  /** Puts a piece of a module into the chunk store of a canister that the wallet controls; its SHA-256. */
  uploadChunk: update(
    [c.principal, c.blob({ max: 1_048_576 })],
    c.result(c.blob({ max: 32 }), Refusal),
  ),

  getProposal: query([id], c.result(ProposalView, Refusal)),
  getProposals: query([ProposalQuery], c.result(ProposalPage, Refusal)),
  getActivity: query([ActivityQuery], c.result(ActivityPage, Refusal)),
  getAssets: query([], c.result(c.vec(Asset, { max: MAX_ASSETS }), Refusal)),
  getWallet: query([], c.result(WalletConfig, Refusal)),
  getSummary: query([], c.result(WalletSummary, Refusal)),
} as const;

/** The interface of a wallet: its own methods, and what every contract offers its factory. */
export const WalletContract = service('WalletContract', { ...walletMethods, ...contractMethods }, [
  contractInit(multisigFactory),
]);
