import { canister, handle, openMemory } from '@fabrica/core/canister';
import { keyspaces } from '@fabrica/core/store';
import { Shelf } from '../../../core/src/model/indexes/index.ts';
import { Shelves } from './services.ts';

/** Bytes of a row: about those of a contract with a short name. */
const ROW_BYTES = 170;

const { lists } = keyspaces(openMemory(0), { lists: 0 });
const { fronts } = keyspaces(openMemory(1), { fronts: 0 });
const { mains } = keyspaces(openMemory(2), { mains: 0 });
const shelf = new Shelf(lists, new Uint8Array(), { fronts, mains });

const add = handle(Shelves.methods.add, (user, from, count) => {
  for (let number = from; number < from + count; number += 1) {
    shelf.add(user, number, 1, new Uint8Array(ROW_BYTES));
  }
  return undefined;
});

export default canister({ service: Shelves, methods: { add } });
