import type { TokenInit } from '../order-schema.ts';

/** What a buyer should know of his order before he pays: defaults that were taken and cannot be changed. */
export function buyerNotes({
  fee,
  minter,
  maxSupply,
  feeCollector,
  pauser,
}: TokenInit): readonly string[] {
  const notes: string[] = [];
  if (minter === null) notes.push('No minter: the supply can never grow, and nobody can burn.');
  else if (maxSupply === null)
    notes.push('A minter and no maximum: the supply can grow at any time.');
  if (fee === 0n)
    notes.push('No fee: transfers cost their senders nothing, and the contract cycles.');
  else if (feeCollector === null)
    notes.push('No fee collector: fees are burned and lower the supply.');
  if (pauser !== null) notes.push('A pauser: nothing can be sent while he pauses the token.');
  return notes;
}
