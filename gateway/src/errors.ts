import { defineErrors } from '@fabrica/core';

/** Everything the gateway refuses with, in its own name. Factories' refusals pass through unchanged. */
export const gatewayErrors = defineErrors('gateway', {
  // Who and what
  not_administrator: {
    message: 'Only administrators of the gateway may do this.',
    action: 'Ask an administrator of the gateway.',
  },
  last_administrator: {
    message: 'The gateway needs at least one administrator, and {most} at most.',
    action: 'Name between one and {most} administrators, each once and none anonymous.',
  },
  suspended: {
    message: 'This user is suspended.',
    action: 'Ask an administrator of the gateway why.',
  },
  maintenance: {
    message: 'The gateway takes no new orders: it is under maintenance.',
    action: 'Send the same request again later; nothing was charged.',
  },
  emergency_stop: {
    message: 'An administrator stopped the gateway: it takes no new orders and moves no money.',
    action: 'Wait until the stop is lifted; nothing was charged for this request.',
  },
  // Factories and prices
  unknown_factory: {
    message: 'No factory "{factory}" is registered.',
    action: 'Order from a factory that getFactories lists.',
  },
  factory_disabled: {
    message: 'The factory "{factory}" is disabled.',
    action: 'Order from a factory that getFactories lists as enabled, or try again later.',
  },
  bad_factory_id: {
    message: '"{factory}" cannot be the id of a factory.',
    action: 'Use 1 to 32 small letters, digits, - and _, beginning with a letter.',
  },
  factory_registered: {
    message: 'This canister is registered as another factory.',
    action: 'Register each factory canister once; getFactories lists them.',
  },
  factory_silent: {
    message: 'The factory "{factory}" has not answered for {seconds} seconds.',
    action: 'Order again later; nothing was charged.',
  },
  bad_ledger_id: {
    message: '"{ledger}" cannot be the id of a ledger.',
    action: 'Use 1 to 16 small letters and digits, beginning with a letter.',
  },
  ledger_registered: {
    message: 'This ledger, or this id, is registered already, and ledgers cannot be moved.',
    action: 'Use another id for another ledger; getLedgers lists them.',
  },
  too_many_ledgers: {
    message: 'The gateway takes {most} ledgers besides its own, which is as many as it can.',
    action: 'Use one of the ledgers that getLedgers lists.',
  },
  too_many_factories: {
    message: 'The gateway holds {most} factories, which is as many as it can.',
    action: 'Register the factory at another gateway.',
  },
  fee_not_set: {
    message: 'No fee is set as {key}, and the factory is not free.',
    action: 'Ask an administrator to set {key}, or {factory}.free; or pay in another ledger.',
  },
  fee_below_ledger_fee: {
    message:
      "The fee {fee} does not exceed the ledger's own fee {ledgerFee}, so it could not be refunded.",
    action: 'Ask an administrator to raise {key}.',
  },
  unknown_ledger: {
    message: 'Orders are not taken in this ledger.',
    action: 'Leave the ledger out, or name one that getLedgers lists as enabled.',
  },
  ledger_fee_unknown: {
    message: 'The ledger has not told its fee yet.',
    action: 'Try again in a minute.',
  },
  // Orders
  request_id_too_long: {
    message: 'The requestId has {length} bytes, {most} are allowed.',
    action: 'Send a requestId of 1 to {most} bytes, or none.',
  },
  request_id_reused: {
    message: 'This requestId belongs to an earlier order from "{factory}".',
    action: 'Send a requestId that you have not used before.',
  },
  args_too_large: {
    message: 'The arguments have {length} bytes, {most} are allowed.',
    action: 'Send smaller arguments.',
  },
  too_many_open_requests: {
    message: 'You have {open} open requests, {most} are allowed.',
    action: 'Wait until one of them has ended; getMyRequests lists them.',
  },
  cooldown: {
    message: 'Your last order was less than {seconds} seconds ago.',
    action: 'Send the same request again in {wait} seconds.',
  },
  busy: {
    message: 'The gateway has {open} open requests, which is as many as it takes.',
    action: 'Send the same request again in a minute; nothing was charged.',
  },
  outbox_full: {
    message: 'The gateway cannot reach its {storage} storage and its outbox is full.',
    action: 'Send the same request again later; nothing was charged.',
  },
  request_in_progress: {
    message: 'The request is {state}: its outcome is not known yet.',
    action:
      'Ask getRequest for the outcome (getMyRequests if you gave no requestId); do not order again.',
  },
  interrupted: {
    message: 'The request was interrupted before anything was charged.',
    action: 'Order again with a new requestId.',
  },
  unknown_request: {
    message: 'No such request.',
    action: 'Ask with the requestId of one of your own requests; getMyRequests lists them.',
  },
  factory_unreachable: {
    message: 'The factory did not answer ({reason}). Nothing was charged.',
    action: 'Order again later with a new requestId.',
  },
  // Money
  allowance_too_low: {
    message: 'The allowance is {allowance}, the order takes {needed}. Nothing was charged.',
    action: 'Approve {needed} for the gateway, then order again with a new requestId.',
  },
  balance_too_low: {
    message: 'The balance is {balance}, the order takes {needed}. Nothing was charged.',
    action: 'Bring your balance to {needed}, then order again with a new requestId.',
  },
  ledger_fee_changed: {
    message: "The ledger's fee is {expected} now, not {quoted}. Nothing was charged.",
    action: 'Ask for a quote, approve that much, and order again with a new requestId.',
  },
  ledger_refused: {
    message: 'The ledger refused the payment: {reason}. Nothing was charged.',
    action:
      'Order again later with a new requestId; if it happens again, show this to an administrator.',
  },
  ledger_unreachable: {
    message: 'The ledger could not be reached ({reason}). Nothing was charged.',
    action: 'Order again later with a new requestId.',
  },
  ledger_silent: {
    message: 'The ledger did not tell the balance: {reason}',
    action: 'Try again in a minute.',
  },
  deployment_failed: {
    message:
      'The factory did not make the contract: {reason}. The payment goes back to your account.',
    action: 'Watch the refund with getRequest; then order again with a new requestId.',
  },
  too_many_calls: {
    message: 'You have called {most} times in this minute, which is as often as is allowed.',
    action: 'Try again in a minute.',
  },
  not_refundable: {
    message: 'The request is {state}: there is no refund to ask for.',
    action: 'Ask getRequest what became of it.',
  },
  asked_already: {
    message: 'You asked for this refund less than a minute ago.',
    action: 'Ask again in {wait} seconds, if it has not come by then.',
  },
  nobody_asked: {
    message: 'Nobody asked for a refund of this request.',
    action: 'Decide about it with resolveRequest if it is open.',
  },
  // Treasury
  no_treasury: {
    message: 'No treasury account is set.',
    action: 'Set one with setCanisterIds.',
  },
  unknown_withdrawal: {
    message: 'No such withdrawal.',
    action: 'Use a number that getWithdrawals lists.',
  },
  beyond_earned: {
    message: 'Only earned fees can be withdrawn, and {available} are available.',
    action: 'Propose {available} or less.',
  },
  below_ledger_fee: {
    message: "The amount does not exceed the ledger's fee of {fee}, which it includes.",
    action: 'Propose a larger amount.',
  },
  not_proposed: {
    message: 'The withdrawal is not waiting for a confirmation.',
    action: 'Ask getWithdrawals where it stands; propose another.',
  },
  second_administrator: {
    message: 'A withdrawal is confirmed by another administrator than proposed it.',
    action: 'Ask another administrator to confirm it.',
  },
  notice_running: {
    message: 'The notice of a day is running, for {wait} more seconds.',
    action: 'Confirm it then.',
  },
  treasury_changed: {
    message: 'The treasury is no longer the account this withdrawal was proposed for.',
    action: 'Cancel it and propose another.',
  },
  too_many_withdrawals: {
    message: '{most} withdrawals are on their way, which is as many as are allowed.',
    action: 'Wait until one of them has ended.',
  },
  withdrawal_not_stuck: {
    message: 'The withdrawal is not stuck.',
    action: 'Ask getWithdrawals where it stands.',
  },
  // Registry
  not_a_factory: {
    message: 'Only registered factories report relationships.',
    action: 'Ask an administrator of the gateway to register the factory.',
  },
  sequence_gap: {
    message: 'The number expected next is {expected}.',
    action: 'Send again from that number on.',
  },
  not_its_contract: {
    message: 'The contract at place {place} of the batch belongs to another factory.',
    action: 'Report about contracts of your own only.',
  },
  not_yours: {
    message: 'This is about somebody else.',
    action: 'Ask about yourself.',
  },
  // Clients
  price_too_high: {
    message:
      'The order costs {price}, more than the {maxPrice} you agreed to. Nothing was approved.',
    action: 'Agree to the price, or order later.',
  },
  approval_refused: {
    message: 'The ledger refused the approval: {reason}. Nothing was ordered.',
    action: 'Bring your balance to the price and two ledger fees, and order again.',
  },
  // Administration
  unknown_key: {
    message: 'There is no setting "{key}".',
    action: 'Use a key that getConfigValues lists.',
  },
  wrong_type: {
    message: 'The setting "{key}" is a {type}.',
    action: 'Send a value of that type.',
  },
  out_of_range: {
    message: 'The setting "{key}" must lie between {least} and {most}.',
    action: 'Send a value in that range.',
  },
  not_resolvable: {
    message: 'The request is {state}, and this decision does not apply to that.',
    action:
      'Ask getRequest for its state; decide about requests that are stuck, or deploying without an answer.',
  },
  request_busy: {
    message: 'The gateway is working on this request right now.',
    action: 'Try again in a minute, or in an hour if it waits for a canister that keeps silent.',
  },
  page_too_large: {
    message: 'A page of {limit} was asked for, {most} are given at most.',
    action: 'Ask for 1 to {most} entries.',
  },
});
