import type { Principal } from '@dfinity/principal';

import type { TokenActor } from './token-client.ts';
import type { BlockAnswer } from './verify-blocks.ts';

/** What is read of a ledger, and of each of its archives. */
export type BlockSource = Pick<TokenActor, 'icrc3_get_blocks'>;

/**
 * The blocks of a range in their order, wherever they are: of any ledger of ICRC-3 whose archives answer as the
 * ledger does.
 *
 * @param archive the actor of an archive that the ledger names.
 * @param start the index of the first block.
 * @param end the index after the last; what the ledger does not have yet is left out.
 * @throws Error if the ledger names nobody for a block that it should have.
 */
export async function readBlocks(
  ledger: BlockSource,
  archive: (canister: Principal) => BlockSource,
  start: bigint,
  end: bigint,
): Promise<BlockAnswer[]> {
  const read: BlockAnswer[] = [];
  let [next, until] = [start, end];
  while (next < until) {
    const answer = await ledger.icrc3_get_blocks([{ start: next, length: until - next }]);
    if (answer.log_length < until) until = answer.log_length;
    const found = new Map(answer.blocks.map((block) => [block.id, block]));
    for (const { args, callback } of answer.archived_blocks) {
      const source = archive(callback[0] as Principal);
      const { blocks } = await source.icrc3_get_blocks(args);
      for (const block of blocks) found.set(block.id, block);
    }
    const before = next;
    for (let block = found.get(next); block !== undefined; block = found.get(next)) {
      read.push(block);
      next += 1n;
    }
    if (next === before && next < until) throw new Error(`Nobody has block ${next}.`);
  }
  return read;
}
