import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { Subject } from './options.ts';
import { Play } from './play.ts';
import { openPuppets } from './puppets.ts';
import { anyAct } from './random-acts.ts';
import type { Stage } from './stage.ts';

/** Runs of the model, and acts in each; `MODEL_RUNS=50` tries for a quarter of an hour. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 1);
const ACTS = { minLength: 12, maxLength: 20 };

/** Whatever happens, in whatever order, a factory knows what a plain list would: after each act, and of each user. */
export function describeModel(subject: Subject, stage: () => Stage): void {
  describe('model', () => {
    it(
      'orders, callbacks, upgrades and restarts in any order leave every list as it should be',
      async () => {
        const property = fc.asyncProperty(fc.array(anyAct, ACTS), async (acts) => {
          const play = new Play(subject, stage(), await openPuppets(stage()));
          await play.act({ kind: 'order', user: 0 });
          for (const act of acts) {
            await play.act(act);
            await play.compare();
          }
          await play.check();
        });
        await fc.assert(property, { numRuns: RUNS, endOnFailure: RUNS === 1 });
      },
      RUNS * 60_000,
    );
  });
}
