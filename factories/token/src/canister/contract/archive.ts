import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { tokenErrors } from '../../errors.ts';
import { receive } from '../../model/archive/receive.ts';
import { isArchive } from '../../model/archive/is-archive.ts';
import { archives } from './archives.ts';
import { certifyTip } from './certify-tip.ts';
import { order } from './ledger.ts';
import { sealed } from './memory.ts';

export const appendBlocks = handle(
  TokenContract.methods.appendBlocks,
  (slice, context) => {
    if (!isArchive(order.get()) || !context.isController(context.caller)) {
      return tokenErrors.not_the_ledger();
    }
    if (receive(sealed, slice)) certifyTip();
    const hash = sealed.tip?.hash ?? null;
    return { Ok: { length: sealed.length, hash, cycles: context.cyclesBalance } };
  },
  { audience: 'canisters' },
);

export const archiveStatus = handle(TokenContract.methods.archiveStatus, () => ({
  archived: BigInt(sealed.first),
  failure: archives.failure,
  lost: archives.lost,
}));
