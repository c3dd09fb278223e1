import { worker } from '@fabrica/core/canister';

import { listHolders } from '../../model/followers.ts';
import { followers, ledger } from './ledger.ts';

const listing = worker(() => (listHolders(followers(), ledger()) ? 0 : null));

/** Has the holders of a token of 0.1.0 listed, if they are not all. */
export function resumeListing(): void {
  if (followers().holders.members.cursor !== null) listing.wake();
}
