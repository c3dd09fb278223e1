import type { Refusal } from '../errors/index.ts';

/** What clients and tools throw: a canister's refusal, or what a tool itself refuses, with its code. */
export class FabricaError extends Error {
  override readonly name = 'FabricaError';
  /** Dotted, `<package>.<what>`; a contract. */
  readonly code: string;
  /** What to do about it. */
  readonly action: string;

  constructor({ code, message, action }: Refusal, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.action = action;
  }
}

/** The value of an answer. @throws FabricaError if the canister refused. */
export function accepted<T>(answer: { Ok: T } | { Err: Refusal }): T {
  if ('Ok' in answer) return answer.Ok;
  throw new FabricaError(answer.Err);
}
