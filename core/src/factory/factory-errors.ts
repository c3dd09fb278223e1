import { defineErrors } from '../errors/index.ts';

/** Why a factory refuses. */
export const factoryErrors = defineErrors('factory', {
  not_a_gateway: {
    message: 'The caller may not order contracts here.',
    action:
      'Order through the gateway, or have an administrator add the caller with setupWhitelist.',
  },
  not_an_administrator: {
    message: 'The caller does not administer this factory.',
    action: 'Ask one of the administrators that getWhitelist names.',
  },
  last_administrator: {
    message: 'A factory needs at least one administrator, whose role does not expire.',
    action: 'Name another one first, or in the same call.',
  },
  too_many_grants: {
    message: 'The factory keeps {limit} grants at most.',
    action: 'Revoke those that expired or are not needed, then ask again.',
  },
  not_granted: {
    message: 'This principal does not have the role.',
    action: 'Look up what was given with getGrants.',
  },
  already_expired: {
    message: 'The grant would have expired already.',
    action: 'Give a later time, in nanoseconds since the epoch, or none.',
  },
  order_undecodable: {
    message: 'The order does not decode: {reason}.',
    action: 'Encode it with the order type of this factory.',
  },
  paused: {
    message: 'The factory makes no contracts at the moment.',
    action: 'Order again later; getFactoryHealth tells when it is open.',
  },
  no_version: {
    message: 'The factory has no stable version to make contracts from.',
    action: 'An administrator must upload a module and register it with registerVersion.',
  },
  reserve_low: {
    message: 'The factory may spend {held} cycles and needs {needed}, its reserve included.',
    action: 'Ask again later; an operator must send cycles to the factory.',
  },
  deployment_cancelled: {
    message: 'This request was cancelled and will never be carried out.',
    action: 'Send a new request.',
  },
  deployment_under_way: {
    message: 'This request is being carried out.',
    action: 'Ask again in a few seconds.',
  },
  create_failed: {
    message: 'The canister could not be created: {reason}.',
    action: 'Order again later.',
  },
  install_failed: {
    message: 'The module could not be installed: {reason}.',
    action: 'Order again later; an administrator should check the registered version.',
  },
  hash_mismatch: {
    message: 'The installed module is not the registered one.',
    action: 'Order again later; an administrator should register the version anew.',
  },
  handover_failed: {
    message: 'The contract could not be handed to its owner: {reason}.',
    action: 'Ask again in a few seconds; the factory goes on where it stopped.',
  },
  unknown_contract: {
    message: 'This factory made no such contract.',
    action: 'Ask the factory that made it.',
  },
  not_the_contract: {
    message: 'A contract reports on itself only.',
    action: 'Send the callback from the contract it is about.',
  },
  sequence_gap: {
    message: 'Event {expected} is expected next.',
    action: 'Send the events from number {expected} on.',
  },
  epoch_passed: {
    message: 'The contract began a new life at {epoch}; events of the one before are not taken.',
    action: 'Begin a life with a larger number, and send a snapshot.',
  },
  epoch_invalid: {
    message: 'A life is numbered from 1.',
    action: 'Number it by the time at which it began.',
  },
  snapshot_unfinished: {
    message: "The factory is still taking in the contract's snapshot.",
    action: 'Send the same again in a few seconds.',
  },
  too_many_refreshes: {
    message: 'The factory is still bringing its lists up to date.',
    action: 'Send the same again in a minute.',
  },
  unknown_role: {
    message: 'This factory has no role {role}.',
    action: 'Use one of: {roles}.',
  },
  unknown_event: {
    message: 'This factory has no event {name}.',
    action: 'Use one of: {names}.',
  },
  event_undecodable: {
    message: 'What the event {name} carries does not decode: {reason}.',
    action: 'Encode it with the type that the definition gives the event.',
  },
  event_too_long: {
    message: 'The event carries {length} bytes; at most {limit} are kept.',
    action: 'Tell what is needed to look the rest up at the contract.',
  },
  unknown_status: {
    message: 'This factory has no status {status}.',
    action: 'Use one of: {statuses}.',
  },
  version_invalid: {
    message: 'The version "{version}" is not of the form x.y.z.',
    action: 'Number versions as https://semver.org has it.',
  },
  version_exists: {
    message: 'Version {version} is registered already.',
    action: 'Raise the version number.',
  },
  version_limit: {
    message: 'The factory keeps {limit} versions at most.',
    action: 'Deploy a new factory for further versions.',
  },
  hash_invalid: {
    message: 'A hash is 32 bytes long, this one is {length}.',
    action: 'Send the SHA-256 of the module and of each piece.',
  },
  chunk_missing: {
    message: 'Piece {position} of the module is not in the factory.',
    action: 'Upload it with uploadModuleChunk, then register the version again.',
  },
  platform_failed: {
    message: 'The platform refused: {reason}.',
    action: 'Send the request again; if it goes on, check the factory with getFactoryHealth.',
  },
  not_the_owner: {
    message: 'Only the owner of the contract may do this.',
    action: 'Send the request with the identity that getContractInfo names as owner.',
  },
  not_owner_or_contract: {
    message: 'Only the contract itself and its owner may do this.',
    action: 'Send the request from the contract, or with the identity of its owner.',
  },
  unmanaged: {
    message: 'The factory no longer controls this contract.',
    action: 'Its owner controls it alone; see docs/upgrades.md on how to bring it back.',
  },
  version_unknown: {
    message: 'Version {version} is not registered.',
    action: 'Choose one that getVersions names.',
  },
  version_yanked: {
    message: 'Version {version} was withdrawn.',
    action: 'Choose one that getVersions does not name as yanked.',
  },
  not_a_sibling: {
    message: 'The canister is not empty, or its controllers are not the contract and this factory.',
    action: 'Name an empty canister whose controllers are those two.',
  },
  version_range_invalid: {
    message: 'The range "{range}" is not of the form ">=1.0.0 <2.0.0 || 2.1.0".',
    action: 'Join comparators (>=, >, <=, <, =) by spaces, and alternatives by ||.',
  },
  not_newer: {
    message: 'Version {version} is not newer than {current}, which the contract runs.',
    action: 'Choose a newer version.',
  },
  not_upgradable_from: {
    message: 'Version {version} takes contracts of {range} only; this one runs {current}.',
    action: 'Upgrade to a version in between first.',
  },
  up_to_date: {
    message: 'There is no newer stable version for version {current}.',
    action: 'Nothing needs to be done; name a version to upgrade to a beta.',
  },
  pinned: {
    message: 'The owner pinned the contract to version {version}.',
    action: 'The owner may unpin it with pinVersion.',
  },
  upgrade_under_way: {
    message: 'The contract is being upgraded.',
    action: 'Ask again in a minute; getUpgrade tells how far it is.',
  },
  too_many_upgrades: {
    message: 'The factory is upgrading {limit} contracts, the most it does at once.',
    action: 'Ask again in a minute.',
  },
  rollout_invalid: {
    message: 'The rollout cannot be carried out: {field} must be {rule}.',
    action: 'Correct {field} and start it again.',
  },
  rollout_under_way: {
    message: 'Rollout {number} is not over.',
    action: 'Wait until it is completed, or end it with abortRollout.',
  },
  rollout_unknown: {
    message: 'There is no rollout {number}.',
    action: 'Choose one that getRollouts names.',
  },
  rollout_state: {
    message: 'Rollout {number} is {state}.',
    action: 'Running rollouts can be paused, paused and halted ones resumed, all three aborted.',
  },
  cannot_own: {
    message: 'This principal cannot own a contract.',
    action: 'Offer it to a user or to a canister other than this factory.',
  },
  not_offered: {
    message: 'The contract is not offered to the caller.',
    action: 'Ask its owner to offer it with offerOwnership.',
  },
  handover_under_way: {
    message: 'The controllers of the contract are being changed.',
    action: 'Ask again in a minute.',
  },
  too_many_handovers: {
    message:
      'The factory is changing the controllers of {limit} contracts, the most it does at once.',
    action: 'Ask again in a minute.',
  },
  handover_unclear: {
    message: 'The platform did not tell whether the controllers were changed: {reason}.',
    action: 'Nothing needs to be done; the factory finds out. getContractInfo tells the result.',
  },
  not_a_controller: {
    message: 'The factory does not control the contract: {reason}.',
    action: 'Make the factory a controller of it, then ask again.',
  },
  top_up_closed: {
    message: 'This factory tops contracts up at the word of its administrators only.',
    action: 'Ask one of them, or send cycles to the contract yourself.',
  },
  top_up_not_needed: {
    message: 'The contract holds {below} cycles or more.',
    action: 'Ask again once it holds less.',
  },
  top_up_too_small: {
    message: 'A top-up is of {least} cycles at least.',
    action: 'Ask for more, less often.',
  },
  top_up_quota: {
    message: 'At most {left} cycles may still be sent to this contract today.',
    action: 'Ask for less, or again tomorrow; an administrator may raise the quotas.',
  },
  retired: {
    message: 'The contract was retired.',
    action: 'Its owner may start it and call returnToFactory.',
  },
  retirement_unconfirmed: {
    message: 'The contract has another name.',
    action: 'Repeat its name as getContractInfo tells it: whoever relies on the contract loses it.',
  },
  retirement_under_way: {
    message: 'The contract is being retired.',
    action: 'Ask again in a minute; getRetirement tells how far it is.',
  },
  too_many_retirements: {
    message: 'The factory is retiring {limit} contracts, the most it does at once.',
    action: 'Ask again in a minute.',
  },
  upgrade_not_controlled: {
    message: 'The factory no longer controls the contract, so nothing more was done.',
    action: 'The owner must check that the contract runs, and may start it.',
  },
  upgrade_empty: {
    message: 'The canister holds no code.',
    action: 'The owner must install a module; there is nothing to upgrade.',
  },
  upgrade_not_running: {
    message: 'The contract was stopped already.',
    action: 'Its owner should start it, then ask again.',
  },
  upgrade_unreadable: {
    message: 'The platform did not tell what the contract runs: {reason}.',
    action: 'Nothing was changed; ask again later.',
  },
  upgrade_stop_failed: {
    message: 'The contract did not stop: {reason}.',
    action: 'The old version runs; ask again when the contract has no calls open.',
  },
  upgrade_snapshot_failed: {
    message: 'No snapshot could be taken: {reason}.',
    action:
      'The old version runs; delete old snapshots or send cycles to the contract, then ask again.',
  },
  upgrade_install_failed: {
    message: 'The platform refused the new version: {reason}.',
    action: 'The old version runs as before; an administrator should yank the new one.',
  },
  upgrade_foreign_module: {
    message: 'Somebody else installed a module during the upgrade.',
    action: 'It was left as it is; the owner should check what the contract runs.',
  },
  upgrade_wrong_version: {
    message: 'The new code says it is version "{version}", not {expected}.',
    action: 'The old version was restored; an administrator should yank the new one.',
  },
  upgrade_probe_failed: {
    message: 'The new code did not answer as it should: {reason}.',
    action: 'The old version was restored; an administrator should yank the new one.',
  },
  upgrade_restore_failed: {
    message: 'The snapshot could not be loaded: {reason}.',
    action: 'The new version runs; the owner should check it, and may load the snapshot.',
  },
});
