import { decoder, resultsOf } from '@fabrica/core/candid';

import { IcpLedger } from '../../peers/icp-ledger.ts';
import { IcrcLedger } from '../../peers/icrc-ledger.ts';
import { MAX_REPLY_BYTES, type Outcome } from '../../schemas/proposals.ts';
import type { Answer } from './answer.ts';
import type { CallingAction } from './prepare-call.ts';

/**
 * What an answer means for an action. `again`: the outcome is not known, and the identical call will tell,
 * as ledgers answer a repetition with the block of the first.
 */
export type Reading =
  | { readonly outcome: Outcome; /** Surely nothing happened. */ readonly void: boolean }
  | { readonly again: string };

const readTransfer = decoder(resultsOf(IcrcLedger.methods.icrc1_transfer));
const readApprove = decoder(resultsOf(IcrcLedger.methods.icrc2_approve));
const readIcpTransfer = decoder(resultsOf(IcpLedger.methods.transfer));

type LedgerResult = { readonly Ok: bigint } | { readonly Err: Readonly<Record<string, unknown>> };

/** Reads the answer to an action's call. @param repeated whether it was not the first call for it. */
export function readAnswer(action: CallingAction, answer: Answer, repeated: boolean): Reading {
  const read =
    'Transfer' in action
      ? readTransfer
      : 'Approve' in action
        ? readApprove
        : 'IcpTransfer' in action
          ? readIcpTransfer
          : null;
  if (read === null) return readCall(answer);
  if (!answer.ok) {
    const { effect, message } = answer.failure;
    return effect === 'none' && !repeated ? failed('not_sent', message, true) : { again: message };
  }
  const decoded = read(answer.value);
  if (!decoded.ok) return { again: `The ledger's answer does not decode: ${decoded.reason}` };
  return readLedger(decoded.values[0] as LedgerResult, repeated);
}

/** True for actions whose identical call can be repeated without a second effect. */
export function isRepeatable(action: CallingAction): boolean {
  return 'Transfer' in action || 'Approve' in action || 'IcpTransfer' in action;
}

/**
 * Errors that a ledger finds only after it has looked for a repetition: the first call had no effect.
 * The others may hide one: a fee that changed since, a time that has become too old.
 */
const AFTER_DEDUPLICATION = ['InsufficientFunds', 'BadBurn', 'AllowanceChanged'];

function readLedger(result: LedgerResult, repeated: boolean): Reading {
  if ('Ok' in result) return done(result.Ok);
  const [name, detail] = Object.entries(result.Err)[0]!;
  if (name === 'Duplicate' || name === 'TxDuplicate') {
    return done((detail as { readonly duplicate_of: bigint }).duplicate_of);
  }
  if (name === 'TemporarilyUnavailable') return { again: 'The ledger is not available' };
  if (!repeated || AFTER_DEDUPLICATION.includes(name)) {
    return failed(`ledger.${name}`, describe(name, detail), true);
  }
  const message = `An earlier call had no answer, and the ledger says of its repetition: ${describe(name, detail)}`;
  return { outcome: { Unknown: { message: clipped(message) } }, void: false };
}

function readCall(answer: Answer): Reading {
  if (answer.ok) {
    const reply = answer.value.subarray(0, MAX_REPLY_BYTES);
    return { outcome: { Done: { block: null, reply } }, void: false };
  }
  const { effect, message, rejectCode } = answer.failure;
  if (effect === 'none') return failed('not_sent', message, true);
  if (rejectCode === SYSTEM_UNKNOWN) {
    return { outcome: { Unknown: { message: clipped(message) } }, void: false };
  }
  return failed('rejected', message, false);
}

/** Reject code of a call whose answer was given up. */
const SYSTEM_UNKNOWN = 6;

function done(block: bigint): Reading {
  return { outcome: { Done: { block, reply: null } }, void: false };
}

function failed(code: string, message: string, nothing: boolean): Reading {
  return { outcome: { Failed: { code, message: clipped(message) } }, void: nothing };
}

function describe(name: string, detail: unknown): string {
  if (detail === null) return name;
  const text = JSON.stringify(detail, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return `${name} ${text}`;
}

/** At most 500 bytes, whatever a stranger's canister says: 4 bytes to a character at worst. */
function clipped(message: string): string {
  return message.slice(0, 120);
}
