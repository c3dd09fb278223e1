import type { Execution } from '../execution/execution.ts';
import { contextMask } from '../execution/kinds.ts';

/** A function that modules can import from `ic0`. */
export interface SystemCall {
  /** Parameter types: `I` an address or size (i32, or i64 on a 64-bit heap), `i` i32, `l` i64. */
  readonly params: string;
  readonly result: string;
  /** Bits of the contexts it may be called in. */
  readonly contexts: number;
  /** Answers a number, or a bigint where 64 bits are due. */
  readonly run: (execution: Execution, ...args: never[]) => unknown;
}

/** System calls by import name. */
export type SystemCalls = Readonly<Record<string, SystemCall>>;

/**
 * Describes a system call.
 * @param type Such as `III->` or `l->l`.
 * @param contexts Such as `U RQ Ry`, `*` for all but start.
 */
export function systemCall(type: string, contexts: string, run: SystemCall['run']): SystemCall {
  const [params = '', result = ''] = type.split('->');
  return { params, result, contexts: contextMask(contexts), run };
}

/** A pair of calls that give a byte string: `<name>_size` and `<name>_copy`. */
export function sizeAndCopy(
  name: string,
  contexts: string,
  read: (execution: Execution) => Uint8Array,
): SystemCalls {
  return {
    [`${name}_size`]: systemCall('->I', contexts, (x) => read(x).length),
    [`${name}_copy`]: systemCall('III->', contexts, (x, to: number, from: number, size: number) => {
      x.give(read(x), to, from, size);
    }),
  };
}
