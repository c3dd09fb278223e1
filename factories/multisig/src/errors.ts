import { defineErrors, joinErrors } from '@fabrica/core';
import { configErrors } from './config-errors.ts';

const lifeErrors = defineErrors('multisig', {
  // Who may.
  private: {
    message: 'This wallet is private.',
    action: 'Ask with the identity of a member.',
  },
  not_a_proposer: {
    message: 'The caller may not propose here.',
    action: 'Ask a signer or proposer to propose it; guardians may propose a recovery.',
  },
  not_a_voter: {
    message: 'The caller has no vote on this proposal.',
    action: 'Ask the signers; guardians vote on recoveries only.',
  },
  not_a_signer: {
    message: 'The caller is no signer of this wallet.',
    action: 'Ask one of the signers.',
  },
  not_a_guardian: {
    message: 'The caller is no guardian of this wallet.',
    action: 'Ask one of the guardians.',
  },
  not_the_proposer: {
    message: 'Only who proposed it may cancel it.',
    action: 'Reject it instead.',
  },
  by_proposal: {
    message: 'One person alone may not change this here.',
    action: 'Propose the change {change}.',
  },

  // Proposals.
  title_length: {
    message: 'The title has {length} bytes.',
    action: 'Choose a title of 1 to {max} bytes.',
  },
  no_actions: {
    message: 'The proposal does nothing.',
    action: 'Give it at least one action.',
  },
  content_size: {
    message: 'The proposal has {bytes} bytes.',
    action: 'Send at most {max} bytes; split the proposal.',
  },
  too_many_open: {
    message: 'The caller has {count} open proposals.',
    action: 'Wait until one is decided, or cancel one.',
  },
  wallet_full: {
    message: 'The wallet has {count} open proposals.',
    action: 'Wait until one is decided or expires.',
  },
  no_recovery: {
    message: 'This wallet was set up without a recovery.',
    action: 'Propose it in the ordinary way.',
  },
  recovery_action: {
    message: 'Action {position} has no place in a recovery.',
    action: 'A recovery may change signers, threshold and rules, and lift a pause, nothing else.',
  },
  unknown_proposal: {
    message: 'There is no proposal {id}.',
    action: 'Use a number that getProposals lists.',
  },
  wrong_hash: {
    message: 'The hash is not that of proposal {id}.',
    action: 'Read the proposal again, and approve the hash that getProposal gives.',
  },
  wrong_state: {
    message: 'Proposal {id} is {state}.',
    action: 'This can be done only while it is {wanted}.',
  },
  already_voted: {
    message: 'The caller has said so already.',
    action: 'Revoke it, or say the opposite.',
  },
  not_voted: {
    message: 'The caller has not voted on this proposal.',
    action: 'Approve or reject it.',
  },
  paused: {
    message: 'A guardian has paused this wallet.',
    action: 'Lift the pause with the change Unpause; changes of the wallet itself go on.',
  },
  approvals_gone: {
    message: 'The approvals that the policy asks for are no longer in force.',
    action: 'Propose it again.',
  },
  already_running: {
    message: 'Proposal {id} is being executed.',
    action: 'Ask getProposal how far it is.',
  },

  // Actions.
  action_subaccount: {
    message: 'A subaccount in action {position} has {length} bytes.',
    action: 'Send 32 bytes, or none.',
  },
  action_memo: {
    message: 'The memo of action {position} has {length} bytes.',
    action: 'Send at most 32 bytes, or none.',
  },
  action_amount: {
    message: 'Action {position} moves nothing.',
    action: 'Choose an amount above 0.',
  },
  action_target: {
    message: 'Action {position} may not be addressed to this canister.',
    action: 'Change the wallet by Change, and other canisters by Manage.',
  },
  action_method: {
    message: 'The method of action {position} has {length} bytes.',
    action: 'Name a method of 1 to {max} bytes.',
  },
  action_args: {
    message: 'The argument of action {position} is not a Candid message.',
    action: 'Encode it as Candid; it begins with DIDL.',
  },
  call_undecodable: {
    message: 'The argument of {method} in action {position} does not decode.',
    action: 'Encode it as the standard has it, or use the action made for it.',
  },
  call_of_limited_token: {
    message: 'Action {position} calls {method} of a token with a limit, and could move it unseen.',
    action: 'Use Transfer or Approve, or remove the limit first.',
  },
  action_hash: {
    message: 'A hash in action {position} has {length} bytes.',
    action: 'Send the SHA-256 of the module and of each piece: 32 bytes.',
  },
  action_chunks: {
    message: 'Action {position} installs a module without pieces.',
    action: 'Upload them with uploadChunk and name their hashes.',
  },
  no_controllers: {
    message: 'Action {position} would leave a canister without a controller.',
    action: 'Name at least one.',
  },
  limit_per_transfer: {
    message: 'Action {position} moves {amount}, and {max} is the most at once.',
    action: 'Lower the amount, or propose another limit.',
  },
  limit_per_day: {
    message: 'Action {position} moves {amount}; {left} of {max} are left for this day of UTC.',
    action: 'Execute it on another day, lower the amount, or propose another limit.',
  },

  // Views and assets.
  page_size: {
    message: 'A page of {limit} rows was asked for.',
    action: 'Ask for 1 to {max}.',
  },
  assets_count: {
    message: 'The wallet watches {count} assets.',
    action: 'Watch at most {max}; unwatch one first.',
  },
  asset_watched: {
    message: 'The wallet watches this asset already.',
    action: 'Use refreshBalances.',
  },
  asset_unknown: {
    message: 'The wallet does not watch this asset.',
    action: 'Name one that getAssets lists.',
  },
  refresh_too_soon: {
    message: 'The balances were asked for less than {seconds} s ago.',
    action: 'Read them with getAssets.',
  },
  upload_failed: {
    message: 'The platform did not take the piece: {reason}.',
    action: 'Check that the wallet controls the canister, then send it again.',
  },
});

/** Why a wallet, or the order of one, is refused. Positions count from 0; times are in nanoseconds. */
export const multisigErrors = joinErrors(configErrors, lifeErrors);
