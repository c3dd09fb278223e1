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

/** The generators' template is built and tested as any package, but belongs to no system. */
const TEMPLATE = 'generators/template-canisters.json';

/**
 * The canisters named in `dfx.json`, which is the only list of what a system is made of.
 *
 * @param options.template true takes in the canisters of the generators' template.
 * @throws Error if an entry lacks a field that the build needs.
 */
export function readTargets(root: string, options: { template?: boolean } = {}): Target[] {
  const files = options.template === true ? ['dfx.json', TEMPLATE] : ['dfx.json'];
  return files.flatMap((file) => {
    const dfx = JSON.parse(readFileSync(join(root, file), 'utf8')) as DfxJson;
    return Object.entries(dfx.canisters).map(([name, entry]) => ({
      name,
      main: field(name, 'main', entry.main),
      interface: field(name, 'interface', entry.interface),
      candid: field(name, 'candid', entry.candid),
      wasm: field(name, 'wasm', entry.wasm),
    }));
  });
}

function field(canister: string, name: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`The entry of canister ${canister} has no "${name}"`);
  return value;
}
