import { defineErrors } from '../errors/index.ts';

/** Why a contract refuses what every contract offers. */
export const contractErrors = defineErrors('contract', {
  not_the_owner: {
    message: 'Only the owner of the contract may do this.',
    action: 'Send the request with the identity that ordered the contract.',
  },
  not_the_factory: {
    message: 'Only the factory of the contract may do this.',
    action: 'Call retireContract of the factory.',
  },
  cycles_kept: {
    message: 'The cycles could not be sent: {reason}.',
    action: 'Ask again later.',
  },
  factory_silent: {
    message: 'The factory did not tell who owns the contract: {reason}.',
    action: 'Call again later.',
  },
});
