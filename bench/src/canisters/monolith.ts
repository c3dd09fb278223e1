import { EncodedVec } from '@fabrica/core/candid';
import { canister, handle, openMemory } from '@fabrica/core/canister';
import { binary, readU32 } from '@fabrica/core/store';
import { Monolith, MonolithRow } from './monolith-service.ts';
import { contractKey, monolithSpaces, ROW_AT } from './monolith-state.ts';

/** Rows on a dashboard. */
const LISTED = 50;
const LENGTH_KEY = new Uint8Array();

const space = monolithSpaces(openMemory());

/** Looks through all contracts, newest first, as the mission's first version did. */
const getDashboard = handle(Monolith.methods.getDashboard, (user) => {
  const wanted = binary(user);
  const rows: Uint8Array[] = [];
  let created = 0;
  let related = 0;
  for (let number = readU32(space.length.get(LENGTH_KEY)!) - 1; number >= 0; number -= 1) {
    const stored = space.contracts.get(contractKey(number))!;
    const office = binary(stored.subarray(1, ROW_AT)).indexOf(wanted);
    if (office < 0) continue;
    if (office === 0) created += 1;
    else related += 1;
    if (rows.length < LISTED) rows.push(stored.subarray(ROW_AT));
  }
  return { created, related, contracts: new EncodedVec(MonolithRow, rows.length, ...rows) };
});

export default canister({ service: Monolith, methods: { getDashboard } });
