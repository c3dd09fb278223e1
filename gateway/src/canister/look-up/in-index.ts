import { call } from '@fabrica/core/canister';

import { lookAtPage } from '../../model/look-up/index-page.ts';
import type { LookUp } from '../../model/look-up/look-ups.ts';
import type { Wanted } from '../../model/look-up/wanted.ts';
import { settledAt } from '../../model/look-up/window.ts';
import { LedgerIndex } from '../../peers/ledger-log.ts';
import { heights } from './heights.ts';
import { ABSENT, later, stop, type Step } from './step.ts';

/** Transactions of an account asked for at once. */
const INDEX_PAGE = 20n;

type Index = Extract<LookUp['source'], { Index: unknown }>['Index'];

/**
 * An index follows its ledger at its own pace. That it shows no transfer is taken for an answer only once it is known
 * to have read a block that the ledger made after the transfer could have happened.
 */
export async function nextPage(source: Index, wanted: Wanted): Promise<Step> {
  const { index, start, covered } = source;
  const account = wanted.spender === null ? wanted.to : wanted.from;
  const asked = { account, start, max_results: INDEX_PAGE };
  const told = await call(index, LedgerIndex.methods.get_account_transactions, [asked]);
  if (!told.ok) return stop(told);
  if ('Err' in told.value) return later(`The index: ${told.value.Err.message}`);
  const sight = lookAtPage(told.value.Ok.transactions, wanted);
  if (sight.kind === 'found') return { outcome: sight };
  if (sight.kind === 'searching') return { source: { Index: { ...source, start: sight.start } } };
  if (covered) return ABSENT;
  const again = { index, start: null, covered: await isCovered(index, wanted) };
  const failure = again.covered ? '' : 'The index is not known to have read all blocks yet.';
  return { source: { Index: again }, failure };
}

async function isCovered(index: Uint8Array, wanted: Wanted): Promise<boolean> {
  const height = heights.of(wanted.ledger);
  if (height === null || height.at < settledAt(wanted)) return false;
  const status = await call(index, LedgerIndex.methods.status, []);
  return status.ok && status.value.num_blocks_synced > height.block;
}
