import { certify } from '@fabrica/core/canister';

import { sealed } from './memory.ts';

/** Has the network certify where the sealed blocks end. An upgrade clears what was certified. */
export function certifyTip(): void {
  const { tip } = sealed;
  if (tip !== null) certify(tip.root);
}
