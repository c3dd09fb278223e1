/** The multisig factory's package, for everyone but its canisters: definition, interface, errors. */
export { WalletContract } from './candid.ts';
export { multisigFactory } from './definition.ts';
export { multisigErrors } from './errors.ts';
export { MultisigFactory } from './factory-service.ts';
export { ROLE_COUNTS, WALLET_LIMITS } from './model/config/limits.ts';
export { Action, Actions, MAX_ACTIONS, Operation } from './schemas/actions.ts';
export { ActivityEntry, ActivityEvent } from './schemas/activity.ts';
export { Change } from './schemas/changes.ts';
export { NamedSigner, WalletInit } from './schemas/order.ts';
export { ActionKind, Limit, Recipient, Recovery, Rule } from './schemas/policy.ts';
export { Outcome, ProposalState } from './schemas/proposals.ts';
export { ActivityQuery, ProposalQuery, ProposalRequest } from './schemas/requests.ts';
export {
  ActivityPage,
  Asset,
  DecodedCall,
  ExecutionReport,
  ProposalPage,
  ProposalReceipt,
  ProposalRow,
  ProposalView,
  WalletSummary,
} from './schemas/views.ts';
export { Member, Roles, WalletConfig } from './schemas/wallet.ts';
