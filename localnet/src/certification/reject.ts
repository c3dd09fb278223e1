import { type CallResult, errorCodeText, REJECT, type RejectCode } from '../replica/index.ts';

/** A rejection as agents are told of it. */
export interface Reject {
  readonly code: RejectCode;
  readonly message: string;
  /** Such as `IC0503`. */
  readonly errorCode: string;
}

/** The rejection in an answer; null if it is a reply. */
export function rejectOf(result: CallResult): Reject | null {
  if (!result.ok) {
    const { rejectCode: code, description: message, errorCode } = result;
    return { code, message, errorCode };
  }
  if (result.kind === 'reply') return null;
  const errorCode = errorCodeText('CanisterRejectedMessage');
  return { code: REJECT.CANISTER_REJECT, message: result.message, errorCode };
}
