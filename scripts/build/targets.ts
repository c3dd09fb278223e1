import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A canister to build, as `dfx.json` names it. Paths are relative to the root of the project. */
export interface Target {
  readonly name: string;
  /** Entry point: its default export is the canister. */
  readonly main: string;
  /** Where the interface is described, as `file#export`. */
  readonly interface: string;
  /** The committed Candid interface. */
  readonly candid: string;
  /** The gzipped module. */
  readonly wasm: string;
}

interface DfxJson {
  readonly canisters: Record<
    string,
    { main?: string; interface?: string; candid?: string; wasm?: string }
  >;
}

/**
 * The canisters named in `dfx.json`, which is the only list of them.
 *
 * @throws Error if an entry lacks a field that the build needs.
 */
export function readTargets(root: string): Target[] {
  const dfx = JSON.parse(readFileSync(join(root, 'dfx.json'), 'utf8')) as DfxJson;
  return Object.entries(dfx.canisters).map(([name, entry]) => ({
    name,
    main: field(name, 'main', entry.main),
    interface: field(name, 'interface', entry.interface),
    candid: field(name, 'candid', entry.candid),
    wasm: field(name, 'wasm', entry.wasm),
  }));
}

function field(canister: string, name: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`dfx.json: canister ${canister} has no "${name}"`);
  return value;
}
