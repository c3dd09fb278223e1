/** What applications and tools need to talk to a wallet. Runs in browsers. */
export { actions } from './actions.ts';
export { hashOfProposal } from './hash-of-proposal.ts';
export { createWalletClient, type WalletClient } from './wallet-client.ts';
export { walletIdlFactory, type WalletActor } from './wallet-actor.ts';
