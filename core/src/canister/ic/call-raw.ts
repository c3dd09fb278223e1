import { host, settling } from './host.ts';

/** Why a call brought no answer. */
export interface CallFailure {
  /**
   * `none`: the callee surely did not run (not sent, or refused before delivery: reject codes 1 to 3).
   * `possible`: it ran, or may have run (it refused, trapped, or its answer was lost).
   */
  readonly effect: 'none' | 'possible';
  /** The interface specification's reject code; 0 if the call was never sent. */
  readonly rejectCode: number;
  readonly message: string;
}

/** What a call came to. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: CallFailure };

/**
 * Calls another canister with Candid bytes and waits for its answer without a limit of time.
 *
 * @param cycles cycles to attach; what the callee does not accept comes back.
 * @throws only azle's own signal that the message is being cleaned up after a trap.
 */
export async function callRaw(
  canister: Uint8Array,
  method: string,
  args: Uint8Array,
  cycles: bigint,
): Promise<Outcome<Uint8Array>> {
  try {
    return { ok: true, value: await send(canister, method, args, cycles) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** Names the calls of this canister since it was installed or upgraded. */
let calls = 0;

/** Hands the call to azle, which settles the promise by the two callbacks and then forgets them. */
function send(
  canister: Uint8Array,
  method: string,
  args: Uint8Array,
  cycles: bigint,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    calls += 1;
    const [resolver, rejecter] = [`_resolve_${calls}`, `_reject_${calls}`];
    settling._azleResolveCallbacks[resolver] = resolve;
    settling._azleRejectCallbacks[rejecter] = reject;
    host.callRaw(resolver, rejecter, canister, method, args, cycles.toString());
  });
}

/** The fields azle puts on the errors of its `call`. */
interface AzleCallError {
  readonly type?: string;
  readonly rejectCode?: number;
  readonly rejectMessage?: string;
  readonly available?: bigint;
  readonly required?: bigint;
}

function failureOf(error: unknown): CallFailure {
  const { type, rejectCode, rejectMessage, available, required } = error as AzleCallError;
  if (type === 'CallRejected' && rejectCode !== undefined) {
    return {
      effect: rejectCode <= 3 ? 'none' : 'possible',
      rejectCode,
      message: rejectMessage ?? '',
    };
  }
  if (type === 'InsufficientLiquidCycleBalance') {
    const message = `The call needs ${required} cycles, ${available} are free`;
    return { effect: 'none', rejectCode: 0, message };
  }
  if (type === 'CallPerformFailed') {
    return { effect: 'none', rejectCode: 0, message: 'The call could not be queued' };
  }
  throw error;
}
