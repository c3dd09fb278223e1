import { defineErrors } from '@fabrica/core';

/**
 * Why the order of a wallet, or a change of its members and rules, is refused. Apart from what a wallet refuses
 * in its life, because the factory checks orders and parses what it imports at every installation.
 */
export const configErrors = defineErrors('multisig', {
  // Orders and changes: texts and members.
  name_length: {
    message: 'The name has {length} bytes.',
    action: 'Choose a name of 1 to {max} bytes.',
  },
  text_characters: {
    message:
      'The {field} begins or ends with a space, or holds a character that cannot be seen or that turns the text around.',
    action: 'Use visible characters.',
  },
  text_length: {
    message: 'The {field} has {length} bytes.',
    action: 'Send at most {max} bytes.',
  },
  members_count: {
    message: 'The wallet would have {count} {role}s.',
    action: 'Have {min} to {max}.',
  },
  member_repeated: {
    message: 'The wallet would have a {role} twice.',
    action: 'Name each {role} once.',
  },
  member_invalid: {
    message: 'A {role} is the anonymous identity, the management canister, or no principal.',
    action: 'Name somebody who can sign in with an identity of his own.',
  },
  not_in_role: {
    message: 'The wallet has no such {role}.',
    action: 'Name one of those that getWallet lists.',
  },

  // Never unable to act.
  threshold_range: {
    message: 'A threshold of {threshold} cannot be met, or means nothing, with {signers} signers.',
    action: 'Choose 1 to {signers}, or change the signers first, in the same proposal.',
  },
  rule_approvals_range: {
    message: 'Rule {position} asks for {approvals} approvals of {signers} signers.',
    action: 'Choose 1 to {signers}, or change the rules first, in the same proposal.',
  },
  recovery_approvals_range: {
    message: 'Recovery asks for {approvals} approvals of {voters} signers and guardians.',
    action: 'Choose 1 to {voters}, or change the recovery first, in the same proposal.',
  },

  // Policy.
  timelock_range: {
    message: 'A time-lock of {timelock} ns is longer than a wallet keeps.',
    action: 'Choose at most {max} ns (30 days).',
  },
  lifetime_range: {
    message: 'A lifetime of {lifetime} ns is too short or too long.',
    action: 'Choose {min} ns (1 hour) to {max} ns (90 days).',
  },
  recovery_delay_range: {
    message: 'A delay of {delay} ns is too short or too long for a recovery.',
    action: 'Choose {min} ns (1 day) to {max} ns (365 days).',
  },
  rules_count: {
    message: 'The policy has {count} rules.',
    action: 'Have at most {max}.',
  },
  rule_list_count: {
    message: 'Rule {position} lists more than {max} {what}.',
    action: 'Split it into several rules.',
  },
  rule_amounts: {
    message: 'Rule {position} has amounts from {min} to {max}.',
    action: 'Choose a lower end that is not above the upper end.',
  },
  rule_amounts_without_target: {
    message: 'Rule {position} compares amounts and names no ledger.',
    action: 'Name the ledgers: amounts of different tokens do not compare.',
  },
  limits_count: {
    message: 'The wallet would limit {count} tokens.',
    action: 'Limit at most {max}.',
  },
  limit_repeated: {
    message: 'A token is limited twice.',
    action: 'Give each ledger one limit.',
  },
  limit_empty: {
    message: 'A limit sets neither an amount for a transfer nor one for a day.',
    action: 'Set one of them, or leave the limit out.',
  },
  limit_unknown: {
    message: 'The wallet has no limit for this token.',
    action: 'Name one of the limits that getWallet lists.',
  },

  action_account_id: {
    message: 'The account identifier in action {position} is not valid.',
    action: 'Send 32 bytes that begin with their CRC-32, as the ICP ledger gives them.',
  },
  not_paused: {
    message: 'The wallet is not paused.',
    action: 'Leave the change out.',
  },
});
