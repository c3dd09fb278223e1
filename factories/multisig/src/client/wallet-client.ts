import type { AgentValue } from '@fabrica/core/candid';

import type { Actions } from '../schemas/actions.ts';
import type { ExecutionReport, ProposalReceipt, ProposalView } from '../schemas/views.ts';
import type { WalletActor } from './wallet-actor.ts';

type Refusal = { readonly code: string; readonly message: string; readonly action: string };
type Answer<T> = { readonly Ok: T } | { readonly Err: Refusal };
type Receipt = AgentValue<typeof ProposalReceipt>;

/** What to propose. */
export interface Proposal {
  /** 1 to 100 bytes. */
  readonly title: string;
  readonly description?: string;
  /** 1 to 20, made with `actions`. */
  readonly actions: AgentValue<typeof Actions>;
  /** True takes the way of recovery. */
  readonly recovery?: boolean;
  /** The wallet's setting, if left out. */
  readonly autoExecute?: boolean;
}

/** A wallet for one of its members. */
export interface WalletClient {
  propose(proposal: Proposal): Promise<Answer<Receipt>>;
  proposal(id: number): Promise<Answer<AgentValue<typeof ProposalView>>>;
  /** Approves a proposal that was read before: exactly its actions, by its hash. */
  approve(proposal: Pick<AgentValue<typeof ProposalView>, 'id' | 'hash'>): Promise<Answer<Receipt>>;
  execute(id: number): Promise<Answer<AgentValue<typeof ExecutionReport>>>;
}

/** A client over the actor of a wallet, made with a member's identity. */
export function createWalletClient(
  actor: Pick<WalletActor, 'propose' | 'approve' | 'execute' | 'getProposal'>,
): WalletClient {
  return {
    propose: ({ title, description = '', actions, recovery = false, autoExecute }) =>
      actor.propose({
        title,
        description,
        actions,
        recovery,
        autoExecute: autoExecute === undefined ? [] : [autoExecute],
      }),
    proposal: (id) => actor.getProposal(id),
    approve: ({ id, hash }) => actor.approve(id, hash),
    execute: (id) => actor.execute(id),
  };
}
