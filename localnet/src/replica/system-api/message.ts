import { canisterReject, messageForCanister } from '../errors/rejection.ts';
import { LIMITS } from '../config/limits.ts';
import { contractViolation } from '../errors/trap.ts';
import type { Execution } from '../execution/execution.ts';
import { sizeAndCopy, type SystemCalls, systemCall } from './system-call.ts';

const ANSWERS = 'U RQ NRQ CQ Ry Rt CRy CRt';
const CALLER_INFO = 'U RQ NRQ CQ Ry Rt CRy CRt C CC F';
const NOTHING = new Uint8Array(0);
const utf8 = new TextEncoder();

/** The message itself: argument, caller, answer. */
export const messageCalls: SystemCalls = {
  ...sizeAndCopy('msg_arg_data', 'I U RQ NRQ CQ Ry CRy F', (x) => x.input.arg),
  ...sizeAndCopy('msg_caller', '*', (x) => x.input.caller),
  // No message carries the information that a signer may attach to a call.
  ...sizeAndCopy('msg_caller_info_data', CALLER_INFO, () => NOTHING),
  ...sizeAndCopy('msg_caller_info_signer', CALLER_INFO, () => NOTHING),
  ...sizeAndCopy('msg_method_name', 'F', (x) => utf8.encode(x.input.method)),
  ...sizeAndCopy('msg_reject_msg', 'Rt CRt', (x) => utf8.encode(rejectMessage(x))),

  msg_reject_code: systemCall('->i', 'Ry Rt CRy CRt C', (x) => x.input.rejection?.code ?? 0),
  msg_deadline: systemCall('->l', ANSWERS, (x) => x.input.context?.deadline ?? 0n),

  msg_reply_data_append: systemCall('II->', ANSWERS, (x, from: number, size: number) => {
    expectUnanswered(x);
    const data = x.take(from, size);
    const limit = x.input.kind === 'query' ? LIMITS.queryReplyBytes : LIMITS.replyBytes;
    if (x.reply.length + data.length > limit) {
      throw contractViolation(
        `ic0.msg_reply_data_append: application payload size (${x.reply.length + data.length}) ` +
          `cannot be larger than ${limit}`,
      );
    }
    x.reply.append(data);
  }),
  msg_reply: systemCall('->', ANSWERS, (x) => {
    expectUnanswered(x);
    x.outcome = { reply: x.reply.join() };
  }),
  msg_reject: systemCall('II->', ANSWERS, (x, from: number, size: number) => {
    expectUnanswered(x);
    const message = x.take(from, size);
    x.outcome = { rejection: canisterReject(new TextDecoder().decode(message)) };
  }),

  accept_message: systemCall('->', 'F', (x) => {
    if (x.messageAccepted) {
      throw contractViolation('ic0.accept_message: the function was already called');
    }
    x.messageAccepted = true;
  }),
};

function rejectMessage(x: Execution): string {
  return x.input.rejection ? messageForCanister(x.input.rejection) : '';
}

function expectUnanswered(x: Execution): void {
  if (x.outcome !== null || x.input.context?.responded === true) {
    throw contractViolation(`ic0.${x.call}: the call is already replied`);
  }
}
