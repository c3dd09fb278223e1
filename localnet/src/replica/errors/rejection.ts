import type { CallResult } from '../types.ts';
import {
  errorCodeText,
  REJECT,
  rejectCodeOf,
  type ErrorCodeName,
  type RejectCode,
} from './codes.ts';

/** Why a call got no reply. `error` is null for a canister's own `msg_reject`. */
export interface Rejection {
  readonly code: RejectCode;
  readonly error: ErrorCodeName | null;
  readonly message: string;
}

/** How a call ended. */
export type Outcome = { readonly reply: Uint8Array } | { readonly rejection: Rejection };

/** Texts are cut here before they reach a caller, as in the replica. */
const MAX_MESSAGE_BYTES = 8 * 1024;

/** A rejection by the system. */
export function rejection(error: ErrorCodeName, message: string): Rejection {
  return { code: rejectCodeOf(error), error, message: cut(message) };
}

/** A canister's own `msg_reject`: always code 4, text unchanged. */
export function canisterReject(message: string): Rejection {
  return { code: REJECT.CANISTER_REJECT, error: null, message: cut(message) };
}

/** The rejection of a call that nobody answered. */
export function noReply(canister: string): Rejection {
  return rejection('CanisterDidNotReply', `Canister ${canister} did not reply to the call`);
}

/** The text a calling canister reads: errors of the system carry their code in front. */
export function messageForCanister({ error, message }: Rejection): string {
  return error === null ? message : `${errorCodeText(error)}: ${message}`;
}

/** The answer a caller outside gets. */
export function resultOf(outcome: Outcome): CallResult {
  if ('reply' in outcome) return { ok: true, kind: 'reply', reply: outcome.reply };
  const { code, error, message } = outcome.rejection;
  if (error === null) return { ok: true, kind: 'reject', message };
  return {
    ok: false,
    code: error,
    errorCode: errorCodeText(error),
    rejectCode: code,
    description: message,
  };
}

/** Thrown inside the management canister and message delivery; always caught and answered. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly rejection: Rejection;

  constructor(error: ErrorCodeName, message: string) {
    super(message);
    this.rejection = rejection(error, message);
  }
}

function cut(message: string): string {
  const bytes = new TextEncoder().encode(message);
  if (bytes.length <= MAX_MESSAGE_BYTES) return message;
  return new TextDecoder().decode(bytes.subarray(0, MAX_MESSAGE_BYTES)).replace(/\uFFFD+$/, '');
}
