import { toIdlFactory, type ActorOf, type AgentValue } from '@fabrica/core/candid';

import { GatewayService } from '../candid.ts';
import type { OrderReceipt, Quote } from '../interface/orders.ts';
import { gatewayErrors } from '../errors.ts';
import type { RequestStatus } from '../model/orders/view.ts';
import type { Ledger } from '../peers/ledger.ts';

/** The interface of the gateway, for `Actor.createActor` and PocketIC. */
export const gatewayIdlFactory = toIdlFactory(GatewayService);

/** The actor that an agent or PocketIC makes of {@link gatewayIdlFactory}. */
export type GatewayActor = ActorOf<typeof GatewayService>;

/** The actor of any ledger with the methods of ICRC-1 and ICRC-2. */
export type LedgerActor = Pick<ActorOf<typeof Ledger>, 'icrc2_approve'>;

type Principal = AgentValue<typeof OrderReceipt>['contract'];
type Refusal = { readonly code: string; readonly message: string; readonly action: string };
type Answer<T> = { readonly Ok: T } | { readonly Err: Refusal };

/** What to order. */
export interface OrderOptions {
  /** Id of the factory. */
  readonly factory: string;
  /** The factory's own order, as a Candid message. */
  readonly args: Uint8Array;
  /** 1 to 32 bytes; make one with {@link newRequestId} and keep it: the same one never orders twice. */
  readonly requestId: Uint8Array;
  /** The most to pay, in the ledger's smallest unit and without its fees; no limit if left out. */
  readonly maxPrice?: bigint | undefined;
  /** Seconds to wait for an order that is not decided at once; 120 if left out. */
  readonly patience?: number | undefined;
}

/** The gateway for a user: price, approval and order in one call. */
export interface GatewayClient {
  quote(factory: string): Promise<Answer<AgentValue<typeof Quote>>>;
  /**
   * Approves what the order costs, orders, and waits for the outcome. Sent again with the same requestId, after a lost
   * connection or a reload, it finds the order instead of making another, and approves nothing anew.
   */
  order(options: OrderOptions): Promise<Answer<AgentValue<typeof OrderReceipt>>>;
  /** One's own request, as it stands. */
  request(requestId: Uint8Array): Promise<Answer<AgentValue<typeof RequestStatus>>>;
}

/** A requestId that nobody else has: 16 random bytes. */
export function newRequestId(): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(16));
}

/** A client over the actors of a gateway and of the ledger it is paid in, both made with the user's identity. */
export function createGatewayClient(
  gateway: Pick<GatewayActor, 'quote' | 'createContract' | 'getRequest'>,
  gatewayId: Principal,
  ledger: LedgerActor,
): GatewayClient {
  const request: GatewayClient['request'] = (requestId) => gateway.getRequest(requestId, []);

  const approve = async ({ factory, maxPrice }: OrderOptions): Promise<Answer<null>> => {
    const quoted = await gateway.quote(factory, []);
    if ('Err' in quoted) return quoted;
    const { price, approve: amount, ledgerFee, expiresAt } = quoted.Ok;
    if (maxPrice !== undefined && price > maxPrice) {
      return gatewayErrors.price_too_high({ price, maxPrice });
    }
    if (price === 0n) return { Ok: null };
    const approved = await ledger.icrc2_approve({
      from_subaccount: [],
      spender: { owner: gatewayId, subaccount: [] },
      amount,
      expected_allowance: [],
      expires_at: [expiresAt],
      fee: [ledgerFee],
      memo: [],
      created_at_time: [],
    });
    if ('Ok' in approved) return { Ok: null };
    return gatewayErrors.approval_refused({ reason: reasonOf(approved.Err) });
  };

  return {
    quote: (factory) => gateway.quote(factory, []),
    request,
    async order(options) {
      const { factory, args, requestId, patience = 120 } = options;
      const known = await request(requestId);
      if ('Err' in known) {
        const approved = await approve(options);
        if ('Err' in approved) return approved;
      }
      const order = { factory, args, requestId: [requestId] as [Uint8Array], ledger: [] as [] };
      const deadline = Date.now() + patience * 1000;
      for (;;) {
        // The same request again: the gateway answers what became of it, and takes it up if it was left lying.
        const answer = await gateway.createContract(order);
        const open = 'Err' in answer && answer.Err.code === 'gateway.request_in_progress';
        if (!open || Date.now() > deadline) return answer;
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      }
    },
  };
}

/** The name of a ledger's error and what it says, as `InsufficientFunds: balance 5`. */
function reasonOf(error: object): string {
  const [[name, details] = ['unknown', null]] = Object.entries(error) as [string, object | null][];
  const said = Object.entries(details ?? {}).map(([key, value]) => `${key} ${String(value)}`);
  return said.length === 0 ? name : `${name}: ${said.join(', ')}`;
}
