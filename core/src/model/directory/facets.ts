import { ascii, equal, type ByteStore } from '../../store/index.ts';
import { PostingSets, type MemberSource } from '../indexes/index.ts';

/** What contracts are found by, beside who has to do with them. */
export interface Faceted {
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly version: string;
  readonly isPublic: boolean;
}

/**
 * Leading characters of names that have sets of their own; longer prefixes are filtered from these. Each costs
 * a new contract a read and a write.
 */
export const INDEXED_PREFIX = 2;

/** Sets of contract numbers: the public ones, and by status, by version and by the beginning of their names. */
export class Facets {
  readonly #sets: PostingSets;

  constructor(space: ByteStore) {
    this.#sets = new PostingSets(space, new Uint8Array());
  }

  add(contract: Faceted): void {
    for (const key of facetKeys(contract)) this.#sets.add(key, contract.number);
  }

  /** Moves a contract to the sets it belongs in now. */
  change(before: Faceted, after: Faceted): void {
    this.#move(statusKey(before.status), statusKey(after.status), before, after);
    this.#move(versionKey(before.version), versionKey(after.version), before, after);
    if (before.isPublic === after.isPublic) return;
    if (after.isPublic) this.#sets.add(PUBLIC_KEY, after.number);
    else this.#sets.remove(PUBLIC_KEY, after.number);
  }

  /** The contracts listed publicly. */
  get public(): MemberSource {
    return this.#sets.members(PUBLIC_KEY);
  }

  status(status: string): MemberSource {
    return this.#sets.members(statusKey(status));
  }

  version(version: string): MemberSource {
    return this.#sets.members(versionKey(version));
  }

  /** Contracts whose names begin with the first {@link INDEXED_PREFIX} characters of `prefix`. */
  name(prefix: string): MemberSource {
    return this.#sets.members(nameKey(foldName(prefix).slice(0, INDEXED_PREFIX)));
  }

  /** How many contracts run a version. */
  countOfVersion(version: string): number {
    return this.#sets.size(versionKey(version));
  }

  /** How many contracts have a status. */
  countOfStatus(status: string): number {
    return this.#sets.size(statusKey(status));
  }

  /** The sets themselves, for the check against what a rebuild would give. */
  get sets(): PostingSets {
    return this.#sets;
  }

  #move(from: Uint8Array, to: Uint8Array, before: Faceted, after: Faceted): void {
    if (equal(from, to)) return;
    this.#sets.remove(from, before.number);
    this.#sets.add(to, after.number);
  }
}

/** The keys of the sets that hold contracts of these statuses and versions, and the public ones. */
export function setKeys(statuses: readonly string[], versions: readonly string[]): Uint8Array[] {
  return [PUBLIC_KEY, ...statuses.map(statusKey), ...versions.map(versionKey)];
}

/** The keys of the sets that a contract belongs in. */
export function facetKeys({ name, status, version, isPublic }: Faceted): Uint8Array[] {
  const folded = foldName(name);
  const keys = [statusKey(status), versionKey(version)];
  if (isPublic) keys.push(PUBLIC_KEY);
  for (let length = 1; length <= Math.min(INDEXED_PREFIX, folded.length); length += 1) {
    keys.push(nameKey(folded.slice(0, length)));
  }
  return keys;
}

/** Names are found whatever their case. */
export const foldName = (name: string): string => name.toLowerCase();

const PUBLIC_KEY = ascii('p');
const statusKey = (status: string): Uint8Array => ascii(`s${status}`);
const versionKey = (version: string): Uint8Array => ascii(`v${version}`);

/** As UTF-8 without a TextEncoder, which costs 60,000 instructions a call here; half a character is escaped. */
function nameKey(prefix: string): Uint8Array {
  return ascii(`n${prefix.isWellFormed() ? unescape(encodeURIComponent(prefix)) : escape(prefix)}`);
}
