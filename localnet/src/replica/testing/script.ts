import { concatBytes } from '@noble/hashes/utils';

/** A list of steps for the puppet canister. */
export type Script = Uint8Array;

const NOTHING = new Uint8Array(0);
const utf8 = new TextEncoder();

/** Joins steps. */
export function script(...steps: readonly Script[]): Script {
  return concatBytes(...steps);
}

/** A call to make, and what to do with its answer. */
export interface CallStep {
  readonly to: Uint8Array;
  readonly method?: string;
  readonly arg?: Uint8Array;
  readonly cycles?: bigint;
  /** Seconds to wait at most; for ever if absent. */
  readonly timeout?: number;
  readonly onReply?: Script;
  readonly onReject?: Script;
  readonly onCleanup?: Script;
}

/** The steps of the puppet. Those named `reply...` answer with 8 bytes unless said otherwise. */
export const step = {
  reply: (text: string): Script => encode(1, utf8.encode(text)),
  reject: (text: string): Script => encode(2, utf8.encode(text)),
  trap: (text: string): Script => encode(3, utf8.encode(text)),
  print: (text: string): Script => encode(4, utf8.encode(text)),
  call: (call: CallStep): Script => encode(5, callBody(call)),
  add: (amount: number): Script => encode(6, u32(amount)),
  /** Heap counter and global counter, 4 bytes each. */
  replyCounters: (): Script => encode(7, NOTHING),
  replyArgument: (): Script => encode(8, NOTHING),
  /** One byte of code, then the message. */
  replyRejection: (): Script => encode(9, NOTHING),
  acceptCycles: (amount: bigint): Script => encode(10, u64(amount)),
  /** 16 bytes. */
  replyBalance: (): Script => encode(11, NOTHING),
  replyRefund: (): Script => encode(12, NOTHING),
  writeStable: (text: string): Script => encode(13, utf8.encode(text)),
  replyStable: (): Script => encode(14, NOTHING),
  certify: (text: string): Script => encode(15, utf8.encode(text)),
  setTimer: (time: bigint): Script => encode(16, u64(time)),
  onTimer: (steps: Script): Script => encode(17, steps),
  onPreUpgrade: (steps: Script): Script => encode(18, steps),
  loopForEver: (): Script => encode(19, NOTHING),
  unreachable: (): Script => encode(20, NOTHING),
  growHeap: (pages: number): Script => encode(21, u32(pages)),
  growStable: (pages: bigint): Script => encode(22, u64(pages)),
  replyVersion: (): Script => encode(23, NOTHING),
  replyTime: (): Script => encode(24, NOTHING),
  replyInstructions: (): Script => encode(25, NOTHING),
  replyCallInstructions: (): Script => encode(26, NOTHING),
  replyHeapPages: (): Script => encode(27, NOTHING),
  /** The caller's bytes. */
  replyCaller: (): Script => encode(28, NOTHING),
  replyReplicated: (): Script => encode(29, NOTHING),
} as const;

function encode(opcode: number, body: Uint8Array): Script {
  return concatBytes(Uint8Array.of(opcode), prefixed(body));
}

function callBody(call: CallStep): Uint8Array {
  const method = utf8.encode(call.method ?? 'run');
  return concatBytes(
    prefixed(call.to),
    prefixed(method),
    prefixed(call.arg ?? NOTHING),
    u64(call.cycles ?? 0n),
    u32(call.timeout ?? 0),
    prefixed(call.onReply ?? step.replyArgument()),
    prefixed(call.onReject ?? step.replyRejection()),
    prefixed(call.onCleanup ?? NOTHING),
  );
}

function prefixed(bytes: Uint8Array): Uint8Array {
  return concatBytes(u32(bytes.length), bytes);
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}
