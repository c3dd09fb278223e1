import { defineErrors } from '@fabrica/core';

/** Every refusal of the two storages. */
export const storageErrors = defineErrors('storage', {
  not_administrator: {
    message: 'The caller is not an administrator of this storage.',
    action: 'Ask an administrator to make the call, or to add you with setupWhitelist.',
  },
  not_writer: {
    message: 'The caller is not on the list of writers.',
    action: 'Ask an administrator of the storage to add the caller with setupWhitelist.',
  },
  not_reader: {
    message: 'These entries are not the caller’s own.',
    action: 'Read your own with getEntriesByUser; administrators and writers may read all.',
  },
  no_administrator: {
    message: 'A storage without an administrator could never be administered again.',
    action: 'Send a whitelist with at least one administrator.',
  },
  anonymous_listed: {
    message: 'The whitelist names the anonymous principal, which is anyone.',
    action: 'Send a whitelist of identified principals.',
  },
  sequence_gap: {
    message: 'The batch begins at {first}, the next number of this writer is {expected}.',
    action: 'Send the events from {expected} on; getNextSequence answers the same number.',
  },
  log_full: {
    message: 'The log holds {length} entries and cannot take {added} more.',
    action: 'Keep the events, and ask an administrator to install a further storage.',
  },
  range_invalid: {
    message: 'There is no range from {from} to {to} in a log of {length} entries.',
    action: 'Ask for numbers in ascending order, up to the length that getTip answers.',
  },
  payment_unknown: {
    message: 'No payment is on record for this user and reference.',
    action: 'Check the reference; a payment appears here shortly after it was made.',
  },
});
