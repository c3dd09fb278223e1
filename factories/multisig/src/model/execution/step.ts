import type { Result } from '@fabrica/core';

import type { Attempt, Ballot, Content, Outcome } from '../../schemas/proposals.ts';
import type { Moment } from '../moment.ts';
import { SECOND } from '../time.ts';
import type { Wallet } from '../wallet.ts';
import { close } from '../proposals/ballot.ts';
import { keep } from '../proposals/keep.ts';
import type { Answer } from './answer.ts';
import { applyOwnChange } from './own-change.ts';
import { prepareCall, type CallingAction, type PreparedCall } from './prepare-call.ts';
import { isRepeatable, readAnswer } from './read-answer.ts';
import { permit } from './permit.ts';

/** The call to make next, or `null`: the execution is over, or waits until it is due again. */
export type Step = PreparedCall | null;

/** Calls made for one action before its outcome is given up as unknown: over about 20 minutes. */
export const MAX_TRIES = 8;
/** Before the first repetition; it doubles from one to the next. */
const FIRST_RETRY = 10n * SECOND;

type Execution = {
  readonly wallet: Wallet;
  readonly id: number;
  readonly content: Content;
  readonly moment: Moment;
};

/**
 * Takes up the execution of a proposal where its journal stands: at its beginning, when a repetition is due,
 * or after the message that carried it was lost. Nothing may be under way for it.
 */
export function resume(wallet: Wallet, id: number, moment: Moment): Step {
  const ballot = wallet.ballot(id);
  if (ballot === null || !('Executing' in ballot.state)) return null;
  const content = wallet.contents.get(id);
  const execution = { wallet, id, content, moment };
  const { attempt, outcomes } = ballot;
  if (attempt === null) return proceed(execution, ballot);
  if (attempt.retryAt !== null && attempt.retryAt > moment.now) return null;
  const action = content.actions[outcomes.length] as CallingAction;
  if (isRepeatable(action) && attempt.tries < MAX_TRIES) return repeat(execution, ballot, attempt);
  return conclude(execution, ballot, {
    Unknown: { message: 'The message that waited for the answer was lost, or too many were tried' },
  });
}

/** Writes down what a call came to, and goes on. */
export function record(wallet: Wallet, id: number, answer: Answer, moment: Moment): Step {
  const ballot = wallet.ballot(id);
  const attempt = ballot?.attempt ?? null;
  if (ballot === null || attempt === null) throw new Error(`Proposal ${id} had no call under way`);
  const content = wallet.contents.get(id);
  const execution = { wallet, id, content, moment };
  const action = content.actions[ballot.outcomes.length] as CallingAction;
  const reading = readAnswer(action, answer, attempt.tries > 1);
  if ('again' in reading) {
    if (attempt.tries >= MAX_TRIES) {
      return conclude(execution, ballot, { Unknown: { message: reading.again.slice(0, 120) } });
    }
    const retryAt = moment.now + (FIRST_RETRY << BigInt(attempt.tries - 1));
    keep(wallet, id, { ...ballot, attempt: { ...attempt, retryAt } }, moment.now);
    return null;
  }
  if (reading.void && attempt.charge !== null) wallet.usage.refund(attempt.charge);
  return conclude(execution, ballot, reading.outcome);
}

/** Adds the outcome of the action that was under way. */
function conclude(execution: Execution, ballot: Ballot, outcome: Outcome): Step {
  const outcomes = [...ballot.outcomes, outcome];
  return proceed(execution, { ...ballot, outcomes, attempt: null });
}

/** Runs what needs no call, up to the next call or the end; writes the ballot once. */
function proceed({ wallet, id, content, moment }: Execution, begun: Ballot): Step {
  let ballot = begun;
  const { actions } = content;
  for (;;) {
    const last = ballot.outcomes.at(-1);
    if (last !== undefined && !('Done' in last)) {
      const rest = actions.slice(ballot.outcomes.length).map((): Outcome => ({ NotRun: null }));
      const outcomes = [...ballot.outcomes, ...rest];
      return end(wallet, id, close({ ...ballot, outcomes }, 'Failed', moment.now), moment);
    }
    const position = ballot.outcomes.length;
    const action = actions[position];
    if (action === undefined) {
      return end(wallet, id, close(ballot, 'Executed', moment.now), moment);
    }
    const permitted = permit(wallet, ballot, actions, position, moment);
    if ('Err' in permitted) {
      ballot = { ...ballot, outcomes: [...ballot.outcomes, refusedOutcome(permitted)] };
      continue;
    }
    if ('Change' in action) {
      const changed = applyOwnChange(wallet, id, action.Change, moment);
      const outcome: Outcome =
        'Err' in changed ? refusedOutcome(changed) : { Done: { block: null, reply: null } };
      const { revision } = wallet.config.get();
      ballot = { ...ballot, revision, outcomes: [...ballot.outcomes, outcome] };
      continue;
    }
    const charge = permitted.Ok;
    if (charge !== null) wallet.usage.charge(charge);
    const { revision } = wallet.config.get();
    const createdAt = wallet.register.batch(() => {
      const time = wallet.register.takeLedgerTime(moment.now);
      const attempt: Attempt = { createdAt: time, tries: 1, retryAt: null, charge };
      keep(wallet, id, { ...ballot, revision, attempt }, moment.now);
      return time;
    });
    return prepareCall(action, { proposal: id, position, createdAt });
  }
}

/** Makes the identical call again. What was permitted and charged at first stays so. */
function repeat(
  { wallet, id, content, moment }: Execution,
  ballot: Ballot,
  attempt: Attempt,
): Step {
  const position = ballot.outcomes.length;
  const next = { ...attempt, tries: attempt.tries + 1, retryAt: null };
  keep(wallet, id, { ...ballot, attempt: next }, moment.now);
  const action = content.actions[position] as CallingAction;
  return prepareCall(action, { proposal: id, position, createdAt: attempt.createdAt });
}

function end(wallet: Wallet, id: number, ballot: Ballot, { now }: Moment): null {
  keep(wallet, id, ballot, now);
  return null;
}

function refusedOutcome({
  Err: { code, message },
}: Extract<Result<never>, { Err: unknown }>): Outcome {
  return { Failed: { code, message } };
}
