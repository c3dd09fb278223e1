import { handle } from '@fabrica/core/canister';

import { WalletContract } from '../../candid.ts';
import { rosterOf } from '../../model/config/roster.ts';
import { activityPage } from '../../model/views/activity-page.ts';
import { proposalPage } from '../../model/views/proposal-page.ts';
import { proposalView } from '../../model/views/proposal-view.ts';
import { refuseStranger } from './guards.ts';
import { base, wallet } from './wallet.ts';

const { methods } = WalletContract;

export const getProposal = handle(methods.getProposal, (id, context) => {
  return refuseStranger(context) ?? proposalView(wallet, id, context.now, context.self);
});

export const getProposals = handle(methods.getProposals, (query, context) => {
  return refuseStranger(context) ?? proposalPage(wallet, query, context.now);
});

export const getActivity = handle(methods.getActivity, (query, context) => {
  return refuseStranger(context) ?? activityPage(wallet, query);
});

export const getWallet = handle(methods.getWallet, (context) => {
  return refuseStranger(context) ?? { Ok: wallet.config.get() };
});

export const getSummary = handle(methods.getSummary, (context) => {
  const refused = refuseStranger(context);
  if (refused !== null) return refused;
  const config = wallet.config.get();
  const roster = rosterOf(config);
  const { isPublic, autoUpdate } = base.identity.get();
  return {
    Ok: {
      name: config.name,
      description: config.description,
      signers: roster.voters(false).size,
      threshold: config.threshold,
      proposals: wallet.register.proposals,
      open: wallet.register.open,
      activities: wallet.log.length,
      assets: wallet.assets.get().length,
      paused: config.paused !== null,
      isPublic,
      autoUpdate,
      recoverable: config.recovery !== null,
      cycles: context.cyclesBalance,
      createdAt: config.createdAt,
      you: roster.rolesOf(context.caller),
    },
  };
});
