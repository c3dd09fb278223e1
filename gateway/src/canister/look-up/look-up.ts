import { call } from '@fabrica/core/canister';

import { newLookUp, type LookUp, type Subject } from '../../model/look-up/look-ups.ts';
import type { Wanted } from '../../model/look-up/wanted.ts';
import type { LookUpOutcome } from '../../model/saga/events.ts';
import { LedgerLog } from '../../peers/ledger-log.ts';
import { gateway } from '../memory.ts';
import { nextBlocks } from './in-blocks.ts';
import { nextPage } from './in-index.ts';
import { failed, stop, unable, type Step } from './step.ts';

const { icrc1_supported_standards, icrc106_get_index_principal } = LedgerLog.methods;

/**
 * Looks for a transfer among the ledger's blocks, one call at a time, and writes down how far it came. The ledger is
 * asked what it offers: its blocks by ICRC-3, or else the index that it names by ICRC-106.
 */
export async function lookUp(
  subject: Subject,
  number: number,
  wanted: Wanted,
): Promise<LookUpOutcome> {
  const { lookUps } = gateway;
  const known = lookUps.get(subject, number);
  const { createdAt } = wanted;
  const before = known?.createdAt === createdAt ? known : newLookUp(createdAt);
  const step = await next(before.source, wanted);
  const pages = before.pages + 1;
  if ('source' in step) {
    const { source, failure = '' } = step;
    lookUps.set(subject, number, { createdAt, source, pages, failure });
    return failure === '' ? { kind: 'searching' } : failed(failure);
  }
  const { outcome } = step;
  const reason = 'reason' in outcome ? outcome.reason.slice(0, 300) : '';
  // What cannot be read now may be offered in another way the next time it is tried.
  const source = outcome.kind === 'unable' ? { Unknown: null } : before.source;
  lookUps.set(subject, number, { createdAt, source, pages, failure: reason });
  return outcome;
}

function next(source: LookUp['source'], wanted: Wanted): Promise<Step> {
  if ('Blocks' in source) return nextBlocks(source.Blocks, wanted);
  if ('Index' in source) return nextPage(source.Index, wanted);
  return choose(wanted.ledger);
}

/** What the ledger offers. */
async function choose(ledger: Uint8Array): Promise<Step> {
  const told = await call(ledger, icrc1_supported_standards, []);
  if (!told.ok) return stop(told);
  const names = told.value.map(({ name }) => name);
  if (names.includes('ICRC-3')) return { source: { Blocks: null } };
  if (!names.includes('ICRC-106')) return unable('The ledger offers neither ICRC-3 nor ICRC-106.');
  const where = await call(ledger, icrc106_get_index_principal, []);
  if (!where.ok) return stop(where);
  if ('Err' in where.value) return unable('The ledger names no index.');
  return { source: { Index: { index: where.value.Ok, start: null, covered: false } } };
}
