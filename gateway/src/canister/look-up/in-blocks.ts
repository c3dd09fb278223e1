import { call } from '@fabrica/core/canister';

import {
  beginSearch,
  isExhausted,
  look,
  nextRange,
  type Search,
} from '../../model/look-up/search.ts';
import type { Wanted } from '../../model/look-up/wanted.ts';
import { LedgerLog, type BlockWithId } from '../../peers/ledger-log.ts';
import { heights } from './heights.ts';
import { ABSENT, later, stop, unable, type Step } from './step.ts';

const { icrc3_get_blocks } = LedgerLog.methods;

/** Reads on in the ledger's blocks by ICRC-3, or in the archive that the ledger names. */
export async function nextBlocks(search: Search | null, wanted: Wanted): Promise<Step> {
  const { ledger } = wanted;
  const range = search === null ? { start: 0n, length: 1n } : nextRange(search);
  const told = await call(ledger, icrc3_get_blocks, [[range]]);
  if (!told.ok) return stop(told);
  const { log_length, archived_blocks } = told.value;
  if (search === null) {
    const height = heights.of(ledger);
    if (height !== null && height.block >= log_length)
      return later(`The log ends before block ${height.block}.`);
    const begun = beginSearch(log_length);
    return isExhausted(begun) ? ABSENT : { source: { Blocks: begun } };
  }
  let blocks: readonly BlockWithId[] = told.value.blocks;
  const archive = archived_blocks.find(({ args }) => covers(args, range.start));
  if (blocks[0]?.id !== range.start && archive !== undefined) {
    const { principal, method } = archive.callback;
    const archived = await call(principal, blocksBy(method), [[range]]);
    if (!archived.ok) return stop(archived);
    blocks = archived.value.blocks;
  }
  const sight = look(search, blocks, wanted);
  if (sight.kind === 'broken') return unable(`Not a log as by ICRC-3: ${sight.reason}.`);
  if (sight.kind === 'searching') return { source: { Blocks: sight.search } };
  return { outcome: sight };
}

type BlockReader = Omit<typeof icrc3_get_blocks, 'name'> & { readonly name: string };

/** How archives give blocks, by the names of their methods: what is called is known by its spec. */
const readers = new Map<string, BlockReader>();

function blocksBy(method: string): BlockReader {
  if (method === icrc3_get_blocks.name) return icrc3_get_blocks;
  const reader = readers.get(method) ?? { ...icrc3_get_blocks, name: method };
  readers.set(method, reader);
  return reader;
}

function covers(ranges: readonly { start: bigint; length: bigint }[], block: bigint): boolean {
  return ranges.some(({ start, length }) => start <= block && block < start + length);
}
