import { followLater } from './following.ts';
import { forgetLater } from './forgetting.ts';

/** Has what follows a recorded transaction done later: sealing its block, and forgetting it in a day. */
export function recorded<Answer extends object>(answer: Answer, createdAt: bigint | null): Answer {
  if ('Ok' in answer) {
    followLater();
    if (createdAt !== null) forgetLater();
  }
  return answer;
}
