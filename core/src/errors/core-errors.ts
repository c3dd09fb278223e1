import { defineErrors } from './define-errors.ts';

/** Refusals that any canister on this runtime may answer. */
export const coreErrors = defineErrors('core', {
  anonymous_caller: {
    message: 'An anonymous caller cannot do this.',
    action: 'Sign in, and send the request with your own identity.',
  },
  canisters_only: {
    message: 'Only canisters may call this method.',
    action: 'Use the public methods of the Candid interface.',
  },
});
