import { handle } from '@fabrica/core/canister';
import { InvoiceStorage } from '../../candid.ts';
import { recorded } from '../shared/recorded.ts';
import { archivist, storage } from './memory.ts';

const { intake } = storage;

/** Records one payment, or the new status of one, of a whitelisted writer. */
export const recordPayment = handle(
  InvoiceStorage.methods.recordPayment,
  (sequence, payment, { caller, now }) =>
    recorded(storage, archivist, intake.record(caller, sequence, [payment], now)),
  { audience: 'identified' },
);

/** Records a batch of a whitelisted writer; sent again, it changes nothing. */
export const recordPayments = handle(
  InvoiceStorage.methods.recordPayments,
  (firstSequence, payments, { caller, now }) =>
    recorded(storage, archivist, intake.record(caller, firstSequence, payments, now)),
  { audience: 'identified' },
);
