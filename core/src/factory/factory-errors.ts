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
    message: 'A factory needs at least one administrator.',
    action: 'Name another administrator in the same call.',
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
    message: 'The factory holds {held} cycles and needs {needed} to make a contract.',
    action: 'Order again later; an operator must send cycles to the factory.',
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
  too_many_refreshes: {
    message: 'The factory is still bringing its lists up to date.',
    action: 'Send the events again in a minute.',
  },
  unknown_role: {
    message: 'This factory has no role {role}.',
    action: 'Use one of: {roles}.',
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
});
