import { handle } from '@fabrica/core/canister';
import { AuditStorage } from '../../candid.ts';
import { recorded } from '../shared/recorded.ts';
import { archivist, storage } from './memory.ts';

const { intake } = storage;

/** Records one event of a whitelisted writer. */
export const logEvent = handle(
  AuditStorage.methods.logEvent,
  (sequence, event, { caller, now }) =>
    recorded(storage, archivist, intake.record(caller, sequence, [event], now)),
  { audience: 'identified' },
);

/** Records a batch of a whitelisted writer; sent again, it changes nothing. */
export const logEvents = handle(
  AuditStorage.methods.logEvents,
  (firstSequence, events, { caller, now }) =>
    recorded(storage, archivist, intake.record(caller, firstSequence, events, now)),
  { audience: 'identified' },
);
