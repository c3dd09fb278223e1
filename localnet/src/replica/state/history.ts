import { LIMITS } from '../config/limits.ts';

/** Who caused a change. */
export type Origin =
  | { readonly from_user: { readonly user_id: Uint8Array } }
  | {
      readonly from_canister: {
        readonly canister_id: Uint8Array;
        readonly canister_version: bigint | null;
      };
    };

/** What changed. */
export type Details =
  | { readonly creation: { readonly controllers: readonly Uint8Array[] } }
  | { readonly code_uninstall: null }
  | {
      readonly code_deployment: {
        readonly mode: 'install' | 'reinstall' | 'upgrade';
        readonly module_hash: Uint8Array;
      };
    }
  | {
      readonly load_snapshot: {
        readonly canister_version: bigint;
        readonly snapshot_id: Uint8Array;
        readonly taken_at_timestamp: bigint;
      };
    }
  | { readonly controllers_change: { readonly controllers: readonly Uint8Array[] } };

/** One entry of a canister's history. */
export interface Change {
  readonly time: bigint;
  /** The canister's version after the change. */
  readonly version: bigint;
  readonly origin: Origin;
  readonly details: Details;
}

/** The last changes of a canister, as `canister_info` tells them. */
export class History {
  #total = 0n;
  #changes: Change[] = [];

  /** All changes ever. */
  get total(): bigint {
    return this.#total;
  }

  /** Adds a change; the oldest one kept is forgotten when there are too many. */
  add(change: Change): void {
    this.#total += 1n;
    this.#changes.push(change);
    if (this.#changes.length > LIMITS.history) this.#changes.shift();
  }

  /** A history that was kept. */
  static of(total: bigint, changes: readonly Change[]): History {
    const history = new History();
    history.#total = total;
    history.#changes = [...changes];
    return history;
  }

  /** The latest `count` changes kept, oldest first. */
  latest(count: number): readonly Change[] {
    return count === 0 ? [] : this.#changes.slice(-count);
  }
}
