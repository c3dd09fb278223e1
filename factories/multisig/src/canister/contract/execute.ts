import { handle } from '@fabrica/core/canister';

import { WalletContract } from '../../candid.ts';
import { multisigErrors } from '../../errors.ts';
import { rosterOf } from '../../model/config/roster.ts';
import { begin } from '../../model/execution/begin.ts';
import { isRunning, run, wakeExecutions } from './execution.ts';
import { wallet } from './wallet.ts';

/** Executes an approved proposal, or takes up one that was left in the middle; answers how far it came. */
export const execute = handle(
  WalletContract.methods.execute,
  async (id, context) => {
    const roster = rosterOf(wallet.config.get());
    const serial = roster.find(context.caller)?.serial;
    // Found before anything is looked up or locked: a stranger's call changes nothing and tells him nothing.
    if (serial === undefined) return multisigErrors.not_a_voter();
    const ballot = wallet.ballot(id);
    if (ballot === null) return multisigErrors.unknown_proposal({ id });
    if (!roster.voters(ballot.recovery).has(serial)) return multisigErrors.not_a_voter();
    if (isRunning(id)) return multisigErrors.already_running({ id });
    if (!('Executing' in ballot.state)) {
      const begun = begin(wallet, id, context.caller, context);
      if ('Err' in begun) return begun;
    }
    wakeExecutions();
    await run(id, context);
    const { state, outcomes } = wallet.ballot(id)!;
    return { Ok: { id, state, outcomes } };
  },
  { audience: 'identified' },
);
