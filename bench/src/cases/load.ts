import { openSystem, startReplica, storm } from '@fabrica/testing';
import type { CaseGroup } from '../figure.ts';

const USERS = 200;
/** Calls that go wrong: each fault is one to three of them. */
const FAULTS = 120;
/** Milliseconds that a round of two hundred orders may take, on a busy machine. */
const PATIENCE = 600_000;
/** Another seed is another storm. */
const SEED = Number(process.env['SEED'] ?? 1);

/**
 * Two hundred users order at once while calls of ledger, factory, storages and platform go wrong. Every order must end
 * with the contract or the money, and the books come to zero; otherwise the run ends with an error that says what does
 * not agree.
 */
export const load: CaseGroup = {
  name: 'load',
  heavy: true,
  async run() {
    const replica = await startReplica();
    try {
      const system = await openSystem(replica.url, PATIENCE);
      const tally = await storm(system, replica.url, { users: USERS, faults: FAULTS, seed: SEED });
      const ends = Object.entries(tally).map(([state, count]) => `${count} ${state.toLowerCase()}`);
      console.error(`  load: of ${USERS} orders ${ends.join(', ')}; the books come to zero`);
      return [];
    } finally {
      await replica.close();
    }
  },
};
