import { ok, type Result } from '@fabrica/core';
import { binary, Sequence, stored, type ByteStore } from '@fabrica/core/store';
import { WhitelistChange, type Whitelist } from '../candid.ts';
import { storageErrors } from '../errors.ts';

/** The anonymous principal: https://internetcomputer.org/docs/references/ic-interface-spec#id-classes */
const ANONYMOUS = binary(Uint8Array.of(4));

/**
 * Who may write and who may read. Every whitelist that ever stood is kept. Controllers of the canister
 * have no rights here but those that the whitelist gives them.
 */
export class Access {
  readonly #history: Sequence<WhitelistChange>;
  /** The newest whitelist, for look-up; built when first asked for. */
  #current: { whitelist: Whitelist; administrators: Set<string>; writers: Set<string> } | null =
    null;

  constructor(space: ByteStore) {
    this.#history = new Sequence(space, stored(1, WhitelistChange));
  }

  get whitelist(): Whitelist {
    return this.#lists().whitelist;
  }

  isAdministrator(caller: Uint8Array): boolean {
    return this.#lists().administrators.has(binary(caller));
  }

  isWriter(caller: Uint8Array): boolean {
    return this.#lists().writers.has(binary(caller));
  }

  /** True for those who may read everything. */
  isReader(caller: Uint8Array): boolean {
    return this.isAdministrator(caller) || this.isWriter(caller);
  }

  /** Sets the first whitelist, at installation; `by` is who installs. */
  install(by: Uint8Array, whitelist: Whitelist, at: bigint): Result<null> {
    const refusal = refuseWhitelist(whitelist);
    if (refusal !== null) return refusal;
    this.#history.append({ by, at, whitelist });
    this.#current = null;
    return ok(null);
  }

  /** Replaces the whitelist, if the caller is an administrator. */
  setup(caller: Uint8Array, whitelist: Whitelist, at: bigint): Result<null> {
    if (!this.isAdministrator(caller)) return storageErrors.not_administrator();
    return this.install(caller, whitelist, at);
  }

  /** How many whitelists stood; the newest one's place in the history, counted from 1. */
  get version(): number {
    return this.#history.length;
  }

  /** The whitelists that stood, oldest first. */
  history(from: number, limit: number): WhitelistChange[] {
    return this.#history.page(from, limit);
  }

  #lists() {
    if (this.#current !== null) return this.#current;
    const { whitelist } = this.#history.at(this.#history.length - 1);
    const administrators = new Set(whitelist.administrators.map(binary));
    const writers = new Set(whitelist.writers.map(binary));
    this.#current = { whitelist, administrators, writers };
    return this.#current;
  }
}

function refuseWhitelist({ administrators, writers }: Whitelist) {
  if (administrators.length === 0) return storageErrors.no_administrator();
  const listed = [...administrators, ...writers].map(binary);
  return listed.includes(ANONYMOUS) ? storageErrors.anonymous_listed() : null;
}
