import { readFileSync, unwatchFile, watchFile } from 'node:fs';

import { Principal } from '@dfinity/principal';

import type { Network } from '../replica/index.ts';

/** Environment variables by which `icp` tells every canister the ids of a project's canisters. */
const VARIABLE = 'PUBLIC_CANISTER_ID:';
/** How often a file of names is looked at, in ms. */
const INTERVAL = 1_000;

/**
 * What people call canisters: given by hand, read from a file, or found in environment variables that `icp`
 * sets, in this order.
 */
export class CanisterNames {
  readonly #network: Network;
  readonly #given = new Map<string, string>();
  #file: { readonly path: string; names: ReadonlyMap<string, string> } | null = null;

  constructor(network: Network) {
    this.#network = network;
  }

  /** A canister's name, or null. */
  of(canister: Uint8Array): string | null {
    const id = Principal.fromUint8Array(canister).toText();
    return this.#given.get(id) ?? this.#file?.names.get(id) ?? this.#fromSettings(canister, id);
  }

  /** Names a canister. */
  give(canister: Uint8Array, name: string): void {
    this.#given.set(Principal.fromUint8Array(canister).toText(), name);
  }

  /** Names given by hand, by canister id in text. */
  given(): (readonly [id: string, name: string])[] {
    return [...this.#given];
  }

  /** Takes names that were given before. */
  restore(names: Iterable<readonly [id: string, name: string]>): void {
    for (const [id, name] of names) this.#given.set(id, name);
  }

  /**
   * Reads names from a file, now and whenever it changes: `{name: id}`, or as dfx writes its
   * `canister_ids.json`, `{name: {network: id}}`. One that is not there, or not such, names nobody.
   */
  follow(path: string): void {
    this.close();
    const file = { path, names: readNames(path) };
    this.#file = file;
    const changed = (): void => {
      file.names = readNames(path);
    };
    watchFile(path, { interval: INTERVAL, persistent: false }, changed);
  }

  /** Ends following a file. */
  close(): void {
    if (this.#file) unwatchFile(this.#file.path);
  }

  #fromSettings(canister: Uint8Array, id: string): string | null {
    if (!this.#network.canisterExists(canister)) return null;
    for (const [variable, value] of this.#network.canisterFacts(canister).environment) {
      if (value === id && variable.startsWith(VARIABLE)) return variable.slice(VARIABLE.length);
    }
    return null;
  }
}

function readNames(path: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(readObject(path))) {
    const ids = typeof value === 'object' && value !== null ? Object.values(value) : [value];
    for (const id of ids) if (typeof id === 'string') names.set(id, name);
  }
  return names;
}

/** A file may be half written, or not be there yet: then it names nobody until it changes. */
function readObject(path: string): object {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
