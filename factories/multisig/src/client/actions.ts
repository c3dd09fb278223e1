import type { AgentValue } from '@fabrica/core/candid';

import type { Action } from '../schemas/actions.ts';
import type { Change } from '../schemas/changes.ts';

type AgentAction = AgentValue<typeof Action>;
type Principal = Extract<AgentAction, { Call: unknown }>['Call']['canister'];
type Bytes = Uint8Array | number[];

/** An account as ICRC-1 has it. */
interface To {
  readonly owner: Principal;
  /** 32 bytes; the default account if left out. */
  readonly subaccount?: Bytes;
}

const opt = <T>(value: T | undefined): [] | [T] => (value === undefined ? [] : [value]);
const accountOf = ({ owner, subaccount }: To) => ({ owner, subaccount: opt(subaccount) });

/** Makers of the actions that a proposal lists, in the shape agents send. Amounts in the smallest unit. */
export const actions = Object.freeze({
  /** Sends tokens of an ICRC-1 ledger. */
  transfer(ledger: Principal, to: To, amount: bigint): AgentAction {
    const rest = { fromSubaccount: opt<Bytes>(undefined), fee: opt<bigint>(undefined) };
    return {
      Transfer: { ledger, to: accountOf(to), amount, memo: opt<Bytes>(undefined), ...rest },
    };
  },

  /** Lets somebody take tokens of an ICRC-2 ledger. `expiresAt` in nanoseconds since the epoch. */
  approve(ledger: Principal, spender: To, amount: bigint, expiresAt?: bigint): AgentAction {
    return {
      Approve: {
        ledger,
        fromSubaccount: [],
        spender: accountOf(spender),
        amount,
        expectedAllowance: [],
        expiresAt: opt(expiresAt),
        fee: [],
        memo: [],
      },
    };
  },

  /** Sends e8s to an account identifier of the ICP ledger, 32 bytes. */
  icpTransfer(ledger: Principal, to: Bytes, amount: bigint, fee = 10_000n): AgentAction {
    return { IcpTransfer: { ledger, fromSubaccount: [], to, amount, fee, memo: [] } };
  },

  /** Calls a method with an argument in Candid bytes. */
  call(canister: Principal, method: string, args: Bytes, cycles = 0n): AgentAction {
    return { Call: { canister, method, args, cycles } };
  },

  /** Manages a canister that the wallet controls. */
  manage(
    canister: Principal,
    operation: Extract<AgentAction, { Manage: unknown }>['Manage']['operation'],
  ): AgentAction {
    return { Manage: { canister, operation } };
  },

  /** Changes the wallet itself. */
  change(change: AgentValue<typeof Change>): AgentAction {
    return { Change: change };
  },
});
