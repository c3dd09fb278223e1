/** The refusal a method answered, as agents see it. */
export interface RefusalValue {
  readonly code: string;
  readonly message: string;
  readonly action: string;
}

/** The `Ok` of an answer. @throws Error with code, message and action if it is a refusal. */
export function accepted<T>(answer: { Ok: T } | { Err: RefusalValue }): T {
  if ('Ok' in answer) return answer.Ok;
  const { code, message, action } = answer.Err;
  throw new Error(`${code}: ${message} ${action}`);
}

/** The code of a refusal; fails on an answer that was not refused, or that says nothing to do. */
export function refusalCode(answer: { Ok: unknown } | { Err: RefusalValue }): string {
  if ('Ok' in answer) throw new Error('Expected a refusal, the call was accepted');
  const { code, message, action } = answer.Err;
  if (message === '' || action === '') throw new Error(`${code} says nothing of what to do`);
  return code;
}
