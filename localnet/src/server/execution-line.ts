import { Principal } from '@dfinity/principal';

import { printedLine } from '../instances/printed-line.ts';
import type { Instance } from '../instances/instance.ts';
import type { ExecutionRecord } from '../replica/index.ts';

/** A line for an execution, after the manner of what canisters print: kind, method, instructions. */
export function executionLine({ network, names }: Instance, record: ExecutionRecord): string {
  const { canister, kind, method, awaited, instructions, trap } = record;
  const id = Principal.fromText(canister).toUint8Array();
  const what = awaited === null ? `${kind} ${method}` : `${kind} ${method} (awaited ${awaited})`;
  const text = `${what}: ${instructions.toLocaleString('en-US')} instructions`;
  const line = trap === null ? text : `${text}, ${trap}`;
  return printedLine(network.now, id, names.of(id), new TextEncoder().encode(line));
}
