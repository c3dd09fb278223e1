import { handle } from '@fabrica/core/canister';

import { WalletContract } from '../../candid.ts';
import { propose as proposeActions } from '../../model/proposals/propose.ts';
import * as votes from '../../model/proposals/vote.ts';
import { SECOND } from '../../model/time.ts';
import { wakeExecutions } from './execution.ts';
import { wallet } from './wallet.ts';

const { methods } = WalletContract;
const identified = { audience: 'identified' } as const;

export const propose = handle(
  methods.propose,
  (request, context) => {
    const proposed = proposeActions(wallet, request, context);
    if ('Ok' in proposed) {
      const pending = 'Pending' in proposed.Ok.state;
      wakeExecutions(pending ? Number(wallet.config.get().lifetime / SECOND) : 0);
    }
    return proposed;
  },
  identified,
);

export const approve = handle(
  methods.approve,
  (id, hash, context) => {
    const approved = votes.approve(wallet, id, hash, context);
    // Until it has its approvals there is nothing to do that was not known before.
    if ('Ok' in approved && !('Pending' in approved.Ok.state)) wakeExecutions();
    return approved;
  },
  identified,
);

export const reject = handle(
  methods.reject,
  (id, context) => votes.reject(wallet, id, context),
  identified,
);

export const revoke = handle(
  methods.revoke,
  (id, context) => votes.revoke(wallet, id, context),
  identified,
);

export const cancel = handle(
  methods.cancel,
  (id, context) => votes.cancel(wallet, id, context),
  identified,
);
