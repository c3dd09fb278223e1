import { handle } from '@fabrica/core/canister';
import type { Infer } from '@fabrica/core/candid';

import type { ArchiveRole } from '../../archive-schema.ts';
import { TokenContract } from '../../candid.ts';
import { ledgerErrors } from '../../ledger-errors.ts';
import { sameBytes } from '../../model/account.ts';
import { archives } from './archives.ts';
import { base } from './base.ts';
import { certifyTip } from './certify-tip.ts';
import { archiveRole, order } from './ledger.ts';
import { sealed } from './memory.ts';

const NOBODY = new Uint8Array();

/** Sets this canister up as an archive: it has no factory to report to, and its ledger alone adds to it. */
export function becomeArchive(
  { owner, order: ordered }: Infer<(typeof TokenContract)['init'][0]>,
  role: ArchiveRole,
): void {
  base.init(NOBODY, owner);
  order.set(ordered);
  archiveRole.set(role);
  sealed.begin(role.start, role.parent);
}

/** Seals blocks onto those that are here, so that the hash it answers vouches for all of them. */
export const appendBlocks = handle(
  TokenContract.methods.appendBlocks,
  ({ from, blocks }, context) => {
    const role = archiveRole.get();
    if (role === null || !sameBytes(role.ledger, context.caller)) {
      return ledgerErrors.not_the_ledger();
    }
    if (from === sealed.length) {
      sealed.append(blocks);
      certifyTip();
    }
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
