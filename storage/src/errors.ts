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
  capacity_reached: {
    message: 'The entries here have {bytes} bytes, and {capacity} is the most.',
    action:
      'Keep the events and send them again; an administrator lets archiving work (getArchiving says why it does not) or raises capacityBytes.',
  },
  is_archive: {
    message: 'This is an archive: it keeps the entries of another log and records nothing itself.',
    action: 'Ask the log it belongs to, which getOrigin names.',
  },
  not_archive: {
    message: 'This storage has a log of its own and takes no other’s entries.',
    action: 'Only a storage installed as an archive adopts entries.',
  },
  not_parent: {
    message: 'The caller is not the log that this archive belongs to.',
    action: 'An archive is filled and administered by its log alone: make the change there.',
  },
  adoption_gap: {
    message: 'The entries begin at {from}; entry {expected} comes next, and {to} is the end.',
    action: 'Send entries from {expected} on, none from {to} on.',
  },
  chain_broken: {
    message: 'Entry {id} does not follow from the one before it, or does not end the range.',
    action: 'Compare both canisters with verifyLog; give the archive up with abandonArchive.',
  },
  setting_out_of_range: {
    message: '{name} is {value}; it ranges from {min} to {max}.',
    action: 'Send a value in that range.',
  },
  settings_contradict: {
    message: '{less} must be less than {than}.',
    action: 'Send settings in which it is.',
  },
  module_not_own: {
    message: 'Archives run the module that their log runs, and this is another.',
    action: 'Upload the module that this canister runs: its hash is its module_hash.',
  },
  module_incomplete: {
    message: 'Pieces of the module are not in the chunk store.',
    action: 'Send them with uploadModuleChunk, then register the module again.',
  },
  platform_failed: {
    message: 'The platform refused: {reason}',
    action: 'Remove the cause and try again.',
  },
  nothing_to_abandon: {
    message: 'No archive is being filled.',
    action: 'See getArchiving for how archiving stands.',
  },
  entry_archived: {
    message: 'Entry {id} is in an archive.',
    action: 'Ask the archive whose range holds it (getArchives) for it with getEntriesAt.',
  },
  range_invalid: {
    message: 'There is no range from {from} to {to} in entries {first} to {length}.',
    action: 'Ask for numbers in ascending order, up to the length that getTip answers.',
  },
  payment_unknown: {
    message: 'No payment is on record for this user and reference.',
    action: 'Check the reference; a payment appears here shortly after it was made.',
  },
});
