import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countOf, withDeed, type Activity } from './activity.ts';
import { someone } from './testing.ts';

test('every deed is counted, and the last of each action is known', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('open', 'close', 'wait')), (actions) => {
      let activity: Activity = [];
      actions.forEach((action, at) => {
        activity = withDeed(activity, action, someone(`actor ${at}`), BigInt(at));
      });
      expect(countOf(activity)).toBe(BigInt(actions.length));
      for (const { action, count, lastAt } of activity) {
        expect(count).toBe(BigInt(actions.filter((done) => done === action).length));
        expect(Number(lastAt)).toBe(actions.lastIndexOf(action as 'open'));
      }
    }),
  );
});
