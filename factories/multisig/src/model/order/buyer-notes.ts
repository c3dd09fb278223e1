import { equal } from '@fabrica/core/store';

import type { WalletInit } from '../../schemas/order.ts';

/** The risks of an order, for its buyer to read before he pays. */
export function buyerNotes(order: WalletInit, owner: Uint8Array): readonly string[] {
  const { signers, threshold, rules, recovery, limits, timelock, guardians } = order;
  const count = signers.length;
  const notes: string[] = [
    'The owner and the factory control the canister and could replace its code. To leave that to the ' +
      'signers, the owner adds the wallet to its own controllers; a proposal can then remove the others.',
  ];
  if (count === 1) notes.push('One signer: if that key is lost or stolen, so is the wallet.');
  else if (threshold === 1)
    notes.push(`1 of ${count}: any signer alone can act, and so can a thief.`);
  else if (threshold === count) {
    notes.push(`${threshold} of ${count}: one lost key stops the wallet.`);
  } else if (threshold * 2 <= count) {
    notes.push(`${threshold} of ${count}: fewer than most of the signers can act.`);
  }
  const lax = rules.filter(({ approvals }) => approvals < threshold).length;
  if (lax > 0) notes.push(`${lax} of the rules ask for fewer approvals than the threshold.`);
  if (!signers.some(({ who }) => equal(who, owner))) notes.push('You are not one of the signers.');
  if (recovery === null && (count === 1 || threshold === count)) {
    notes.push('No recovery: lost keys cannot be replaced.');
  }
  if (recovery !== null && recovery.approvals < threshold) {
    notes.push(
      `Recovery: ${recovery.approvals} of the signers and guardians can replace the signers after the ` +
        'delay, unless as many signers as the threshold reject it in time.',
    );
  }
  if (limits.length === 0) notes.push('No limits: one proposal can move everything.');
  if (timelock === 0n) notes.push('No time-lock: what is approved is done at once.');
  if (guardians.length === 0) notes.push('No guardians: nobody can stop the wallet at once.');
  if (!order.isPublic) {
    notes.push(
      'Private: its contents are for members; that it exists, and for whom, the lists of the factory tell.',
    );
  }
  return notes;
}
