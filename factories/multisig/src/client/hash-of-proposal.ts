import { bodyEncoder, type Infer } from '@fabrica/core/candid';
import { concat } from '@fabrica/core/store';

import { hashPrefix } from '../model/proposals/proposal-hash.ts';
import { Actions } from '../schemas/actions.ts';

const encodeActions = bodyEncoder(Actions);

/**
 * The hash that a wallet gives a proposal, computed here: whoever trusts no replica compares it with the
 * one that `getProposal` answers before he approves it.
 *
 * @param wallet principal of the wallet's canister, as bytes.
 * @param actions with principals and blobs as bytes and `null` for what is absent.
 */
export async function hashOfProposal(
  wallet: Uint8Array,
  actions: Infer<typeof Actions>,
): Promise<Uint8Array> {
  const bytes = concat(hashPrefix(wallet), encodeActions(actions));
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes.slice()));
}
