import { c, type Infer } from '@fabrica/core/candid';

import { Actions } from './actions.ts';
import { ProposalState } from './proposals.ts';

/** What a member proposes. */
export const ProposalRequest = c.named(
  'ProposalRequest',
  c.record({
    /** 1 to 100 bytes. */
    title: c.text({ max: 1_000 }),
    /** At most 2,000 bytes. */
    description: c.text({ max: 5_000 }),
    /** Done in this order; the first that is not done ends the execution. */
    actions: Actions,
    /** True takes the way of recovery: its approvals, its delay, and changes of signers only. */
    recovery: c.bool,
    /** `null` takes the wallet's setting. */
    autoExecute: c.opt(c.bool),
  }),
);
export type ProposalRequest = Infer<typeof ProposalRequest>;

/** Which proposals to list. */
export const ProposalQuery = c.named(
  'ProposalQuery',
  c.record({
    /** `null` for all. */
    state: c.opt(ProposalState),
    /** Only proposals with lower numbers: `next` of the page before. */
    before: c.opt(c.nat32),
    /** 1 to 100; default 50. */
    limit: c.opt(c.nat32),
  }),
);
export type ProposalQuery = Infer<typeof ProposalQuery>;

/** Which part of the activity log to give. */
export const ActivityQuery = c.named(
  'ActivityQuery',
  c.record({ before: c.opt(c.nat32), limit: c.opt(c.nat32) }),
);
export type ActivityQuery = Infer<typeof ActivityQuery>;
