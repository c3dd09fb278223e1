import binaryen from 'binaryen';

import { PUPPET_WAT } from './puppet-wat.ts';

/** Assembles a module from its text. */
export function assemble(wat: string): Uint8Array {
  const module = binaryen.parseText(wat);
  module.setFeatures(binaryen.Features.All);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

let puppet: Uint8Array | undefined;

/** The puppet canister's module. */
export function puppetModule(): Uint8Array {
  puppet ??= assemble(PUPPET_WAT);
  return puppet;
}
