import type { Effect, LedgerOutcome, Outcomes } from '../events.ts';
import type { Order } from '../order.ts';
import { DEDUPLICATION_WINDOW } from '../steps.ts';

/** What fate does to one call. */
export type Luck =
  /** It is executed and answered. */
  | 'answered'
  /** It is executed, but the answer is lost. */
  | 'answer lost'
  /** It may have been executed, for all the caller sees, but it was not. */
  | 'trapped'
  /** It surely never reached the callee. */
  | 'unsent'
  /** The callee declines for a reason of its own. */
  | 'declined';

const refusal = { code: 'world.declined', message: 'no', action: 'nothing' };

/**
 * A ledger and a factory as one order sees them: the ledger recognises repeated transfers for 24 hours, and the
 * factory keeps its word about a cancelled request.
 */
export class World {
  readonly #blocks = new Map<string, bigint>();
  charges = 0;
  refunds = 0;
  /** What the user paid and got back, fees of the ledger included. */
  userPaid = 0n;
  userReceived = 0n;
  contracts = 0;
  #cancelled = false;

  perform<E extends Effect>(effect: E, order: Order, now: bigint, luck: Luck): Outcomes[E] {
    if (luck === 'unsent')
      return { kind: 'failed', effect: 'none', reason: 'unsent' } as Outcomes[E];
    const failed = { kind: 'failed', effect: 'possible', reason: luck } as Outcomes[E];
    if (luck === 'trapped') return failed;
    const outcome = this.#execute(effect, order, now, luck === 'declined') as Outcomes[E];
    return luck === 'answer lost' ? failed : outcome;
  }

  #execute(effect: Effect, order: Order, now: bigint, decline: boolean): Outcomes[Effect] {
    switch (effect) {
      case 'Validate':
        return decline ? { kind: 'declined', refusal } : { kind: 'valid' };
      case 'Charge':
      case 'Refund':
        return this.#transfer(effect, order, now, decline);
      case 'LookUp': {
        if (decline) return { kind: 'unable', reason: 'it shows no blocks' };
        const sent = order.refund === null ? 'Charge' : 'Refund';
        const { createdAt } = (order.refund ?? order.charge)!;
        const block = this.#blocks.get(`${sent} ${createdAt}`);
        return block === undefined ? { kind: 'absent' } : { kind: 'found', block };
      }
      case 'Create':
        if (decline || this.#cancelled) return { kind: 'declined', refusal };
        this.contracts += 1;
        return { kind: 'created', contract: Uint8Array.of(77) };
      case 'Cancel':
        if (this.contracts > 0) return { kind: 'created', contract: Uint8Array.of(77) };
        this.#cancelled = true;
        return { kind: 'cancelled' };
    }
  }

  #transfer(
    effect: 'Charge' | 'Refund',
    order: Order,
    now: bigint,
    decline: boolean,
  ): LedgerOutcome {
    const { createdAt } = (effect === 'Charge' ? order.charge : order.refund)!;
    if (createdAt < now - DEDUPLICATION_WINDOW) {
      return { kind: 'declined', why: { kind: 'too old' }, refusal };
    }
    const earlier = this.#blocks.get(`${effect} ${createdAt}`);
    if (earlier !== undefined) return { kind: 'paid', block: earlier };
    if (decline) return { kind: 'declined', why: { kind: 'funds' }, refusal };
    const block = BigInt(this.#blocks.size);
    this.#blocks.set(`${effect} ${createdAt}`, block);
    if (effect === 'Charge') {
      this.charges += 1;
      this.userPaid += order.price;
    } else {
      this.refunds += 1;
      this.userReceived += order.refund!.amount + order.refund!.fee;
    }
    return { kind: 'paid', block };
  }
}
