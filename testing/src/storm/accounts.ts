import { MAX_PAGE } from '@fabrica/gateway';

import type { CoreSystem } from '../assemble.ts';
import { accepted } from '../results.ts';
import type { System } from '../token-system.ts';
import type { User } from '../users.ts';

/** Someone whose orders are watched. */
export interface Customer {
  readonly user: User;
  /** What he held before he ordered, in the fee token's smallest unit. */
  readonly funds: bigint;
}

/** How many orders are in which state. */
export type Tally = Record<string, number>;

type Requests = Awaited<ReturnType<typeof requestsOf>>;

/** At least and at most; the same once every order has ended. */
interface Range {
  least: bigint;
  most: bigint;
}

/**
 * Compares what everybody has with what the gateway's journal says, which names what may have happened as well as
 * what did: every user's money and contracts, and the gateway's account with its books.
 *
 * @returns what does not agree, each in a sentence, and how many orders are in which state.
 */
export async function audit(
  system: System,
  customers: readonly Customer[],
): Promise<{ readonly wrong: string[]; readonly tally: Tally }> {
  const wrong: string[] = [];
  const tally: Tally = {};
  for (const { user, funds } of customers) {
    const requests = await requestsOf(user);
    for (const { state } of requests) {
      const [name] = Object.keys(state) as [string];
      tally[name] = (tally[name] ?? 0) + 1;
    }
    const { contracts } = await system.tokenFactory.getMyContracts(user.principal, []);
    const claims: [string, bigint, Range][] = [
      ['holds', await user.balance(), balanceOf(requests, funds)],
      ['has contracts', BigInt(contracts.length), contractsOf(requests)],
    ];
    for (const [what, found, { least, most }] of claims) {
      if (found < least || found > most)
        wrong.push(`${user.principal.toText()} ${what}: ${found}, not ${least} to ${most}`);
    }
  }
  wrong.push(...(await booksOf(system)));
  return { wrong, tally };
}

/** All requests of a user. */
async function requestsOf({ gateway }: User) {
  const all = [];
  for (let cursor: [] | [number] | null = []; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof gateway.getMyRequests>> = await gateway.getMyRequests(
      cursor,
      MAX_PAGE,
    );
    const { requests, next } = accepted(page);
    all.push(...requests);
    cursor = next.length === 0 ? null : next;
  }
  return all;
}

function balanceOf(requests: Requests, funds: bigint): Range {
  const range = { least: funds, most: funds };
  for (const { price, ledgerFee, charge, refund } of requests) {
    const cost = price + ledgerFee;
    const charged = happened(charge[0]);
    if (charged.maybe) range.least -= cost;
    if (charged.surely) range.most -= cost;
    const refunded = happened(refund[0]);
    if (refunded.surely) range.least += refund[0]!.amount;
    if (refunded.maybe) range.most += refund[0]!.amount;
  }
  return range;
}

function happened(transfer: Requests[number]['charge'][0] | Requests[number]['refund'][0]) {
  if (transfer === undefined) return { surely: false, maybe: false };
  const surely = transfer.block.length > 0;
  return { surely, maybe: surely || transfer.unknown > 0 };
}

function contractsOf(requests: Requests): Range {
  const range = { least: 0n, most: 0n };
  for (const { state } of requests) {
    if ('Deployed' in state) range.least += 1n;
    if ('Deployed' in state || 'Deploying' in state) range.most += 1n;
  }
  return range;
}

/** What of the gateway's account its books do not explain. */
async function booksOf({ gateway, ids, ledger }: CoreSystem): Promise<string[]> {
  const own = (await gateway.getSolvency()).find(
    (book) => book.ledger.compareTo(ids.ledger) === 'eq',
  );
  if (own === undefined) return [];
  const account = { owner: ids.gateway, subaccount: [] as [] };
  const held = await ledger.icrc1_balance_of(account);
  const { inFlight, owed, earned, leaving, pending } = own;
  const least = inFlight + earned;
  const most = least + owed + leaving + pending;
  return held < least || held > most ? [`The gateway holds ${held}, not ${least} to ${most}`] : [];
}
