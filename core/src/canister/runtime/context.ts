import * as system from '../ic/system.ts';

/** What a method may know of its message and its surroundings. Rules get values from it, never it. */
export interface Context {
  /** Who sent the message: the transport's word, the same after every await. */
  readonly caller: Uint8Array;
  /** Nanoseconds since the epoch; read anew at each access, so right after an await too. */
  readonly now: bigint;
  /** This canister's id. */
  readonly self: Uint8Array;
  /** Cycles held now. */
  readonly cyclesBalance: bigint;
  /** True if `principal` controls this canister. */
  isController(principal: Uint8Array): boolean;
}

let ownId: Uint8Array | undefined;

/** The {@link Context} of the running message. Each value is asked of the host when it is first used. */
export class MessageContext implements Context {
  #caller: Uint8Array | undefined;

  get caller(): Uint8Array {
    this.#caller ??= system.caller();
    return this.#caller;
  }

  get now(): bigint {
    return system.now();
  }

  get self(): Uint8Array {
    ownId ??= system.self();
    return ownId;
  }

  get cyclesBalance(): bigint {
    return system.cyclesBalance();
  }

  isController(principal: Uint8Array): boolean {
    return system.isController(principal);
  }
}
