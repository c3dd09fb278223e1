import { decoder } from '@fabrica/core/candid';

import { ApproveArgs, TransferArg, TransferFromArgs } from '../../peers/icrc-ledger.ts';
import { IcpTransferArgs } from '../../peers/icp-ledger.ts';
import type { DecodedCall } from '../../schemas/views.ts';

const transfer = decoder([TransferArg]);
const approve = decoder([ApproveArgs]);
const transferFrom = decoder([TransferFromArgs]);
const icpTransfer = decoder([IcpTransferArgs]);

type Read = (args: Uint8Array) => DecodedCall | null;

const readers: Readonly<Record<string, Read>> = {
  icrc1_transfer: (args) => {
    const decoded = transfer(args);
    return decoded.ok ? { Icrc1Transfer: decoded.values[0] } : null;
  },
  icrc2_approve: (args) => {
    const decoded = approve(args);
    return decoded.ok ? { Icrc2Approve: decoded.values[0] } : null;
  },
  icrc2_transfer_from: (args) => {
    const decoded = transferFrom(args);
    return decoded.ok ? { Icrc2TransferFrom: decoded.values[0] } : null;
  },
  transfer: (args) => {
    const decoded = icpTransfer(args);
    return decoded.ok ? { IcpTransfer: decoded.values[0] } : null;
  },
};

/** Methods whose name belongs to a standard: an argument that does not decode is a mistake. */
export const STANDARD_METHODS: ReadonlySet<string> = new Set([
  'icrc1_transfer',
  'icrc2_approve',
  'icrc2_transfer_from',
]);

/** What a raw call says, where its method is one the wallet knows and its argument decodes; else `null`. */
export function decodeCall(method: string, args: Uint8Array): DecodedCall | null {
  return Object.hasOwn(readers, method) ? readers[method]!(args) : null;
}
