import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { GatewayService } from '@fabrica/gateway';
import { TokenContract } from '@fabrica/token';
import { createIdentity } from '@hadronous/pic';
import type { CoreSystem } from './assemble.ts';
import { actorFor, type ActorFor } from './canisters.ts';
import { LEDGER_FEE } from './fee-token.ts';
import { accountOf, approvalOf, transferOf } from './ledger-arguments.ts';

/** Someone who orders. The actors call as this user. */
export interface User {
  readonly identity: Identity;
  readonly principal: Principal;
  readonly gateway: ActorFor<typeof GatewayService>;
  readonly ledger: ActorFor<typeof TokenContract>;
  /** What the user holds of the fee token. */
  balance(): Promise<bigint>;
  /** Lets the gateway take up to `amount`; costs the ledger's fee. @throws Error if the ledger refuses. */
  approve(amount: bigint): Promise<void>;
}

/** What a new user is given. */
export interface Means {
  /** What is left once the approval is paid for, in the fee token's smallest unit; default 0. */
  readonly funds?: bigint;
  /** What the gateway may take; no approval at all if left out. */
  readonly approved?: bigint;
}

/**
 * A user with means. The administrator pays.
 *
 * @param name who; the same name is the same user.
 */
export async function newUser(
  system: CoreSystem,
  name: string,
  { funds = 0n, approved }: Means = {},
): Promise<User> {
  const identity = createIdentity(name);
  const principal = identity.getPrincipal();
  const gateway = actorFor(system.pic, GatewayService, system.ids.gateway);
  const ledger = actorFor(system.pic, TokenContract, system.ids.ledger);
  gateway.setIdentity(identity);
  ledger.setIdentity(identity);
  const user: User = {
    identity,
    principal,
    gateway,
    ledger,
    balance: () => ledger.icrc1_balance_of(accountOf(principal)),
    approve: async (amount) => {
      paid(await ledger.icrc2_approve(approvalOf(system.ids.gateway, amount)));
    },
  };
  const gift = funds + (approved === undefined ? 0n : LEDGER_FEE);
  if (gift > 0n) paid(await system.ledger.icrc1_transfer(transferOf(principal, gift)));
  if (approved !== undefined) await user.approve(approved);
  return user;
}

/** The block of a ledger's answer. @throws Error with the ledger's own error if it refused. */
export function paid(answer: { Ok: bigint } | { Err: object }): bigint {
  if ('Ok' in answer) return answer.Ok;
  throw new Error(`The ledger refused: ${Object.keys(answer.Err)[0]}`);
}
