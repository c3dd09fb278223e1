import { NetworkError } from '../errors/network-error.ts';
import { sameBytes } from '../ids.ts';
import type { ActiveFault, Fault, FaultAction, FaultRule, HeldAnswer } from './fault.ts';

/** A call between canisters, as rules see it. */
export interface FaultTarget {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly method: string;
}

/**
 * Faults to inject into calls between canisters. Rules are tried in the order they were added; the
 * first that hits decides. Nothing is random: the same calls meet the same faults.
 */
export class FaultPlan {
  #rules: Rule[] = [];
  /** Rules dropped by `clear` whose held answers are yet to be delivered. */
  #cleared: Rule[] = [];
  #next = 1;

  /**
   * Adds a rule.
   * @throws NetworkError `InvalidArgument` if a count is negative or not a whole number.
   */
  add(rule: FaultRule): Fault {
    checkCount('skip', rule.skip ?? 0);
    if (rule.times !== Infinity) checkCount('times', rule.times ?? 1);
    if (rule.action.kind === 'delay-rounds') checkCount('rounds', rule.action.rounds);
    const added = new Rule(this.#next++, rule);
    this.#rules.push(added);
    return added;
  }

  /** All rules added since the last `clear`, ended ones included. */
  list(): readonly Fault[] {
    return this.#rules;
  }

  /** Releases what is held and forgets every rule. */
  clear(): void {
    for (const rule of this.#rules) rule.release();
    this.#cleared.push(...this.#rules);
    this.#rules = [];
  }

  /** The fault that hits a call, if one does. */
  match(call: FaultTarget): ActiveFault | null {
    for (const rule of this.#rules) if (rule.hit(call)) return rule;
    return null;
  }

  /** Takes the answers released since the last round, to be sent. */
  takeReleased(): HeldAnswer[] {
    const rules = [...this.#cleared, ...this.#rules];
    this.#cleared = [];
    return rules.flatMap((rule) => rule.takeReleased());
  }

  /** All answers that are held back, released or not. */
  held(): readonly HeldAnswer[] {
    return [...this.#cleared, ...this.#rules].flatMap((rule) => rule.held);
  }
}

class Rule implements Fault, ActiveFault {
  readonly id: number;
  readonly rule: FaultRule;
  matched = 0;
  hits = 0;
  #ended = false;
  #released = false;
  #held: HeldAnswer[] = [];

  constructor(id: number, rule: FaultRule) {
    this.id = id;
    this.rule = rule;
  }

  get action(): FaultAction {
    return this.rule.action;
  }

  hit({ from, to, method }: FaultTarget): boolean {
    const { rule } = this;
    if (this.#ended || this.hits >= (rule.times ?? 1)) return false;
    if (rule.from !== undefined && !sameBytes(rule.from, from)) return false;
    if (rule.to !== undefined && !sameBytes(rule.to, to)) return false;
    if (rule.method !== undefined && rule.method !== method) return false;
    this.matched += 1;
    if (this.matched <= (rule.skip ?? 0)) return false;
    this.hits += 1;
    return true;
  }

  get held(): readonly HeldAnswer[] {
    return this.#held;
  }

  hold(held: HeldAnswer): void {
    this.#held.push(held);
  }

  release(): void {
    this.#ended = true;
    this.#released = true;
  }

  remove(): void {
    this.#ended = true;
  }

  takeReleased(): HeldAnswer[] {
    if (!this.#released) return [];
    const held = this.#held;
    this.#held = [];
    return held;
  }
}

function checkCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new NetworkError('InvalidArgument', `${name} must be a whole number, 0 or more: ${value}`);
}
