import { directory, largeDirectory } from './cases/directory.ts';
import { gatewayMemory } from './cases/gateway-memory.ts';
import { indexAdd } from './cases/index-add.ts';
import { load } from './cases/load.ts';
import { localnet } from './cases/localnet.ts';
import { modules } from './cases/modules.ts';
import { monolith } from './cases/monolith.ts';
import { multisig } from './cases/multisig.ts';
import { orders } from './cases/orders.ts';
import { azle, motoko } from './cases/peers.ts';
import { runtime } from './cases/runtime.ts';
import { largeStorage, storage } from './cases/storage.ts';
import { largeToken, token } from './cases/token.ts';
import type { CaseGroup } from './figure.ts';

/** Everything that is measured. */
export const groups: readonly CaseGroup[] = [
  modules,
  runtime,
  indexAdd,
  directory,
  token,
  multisig,
  storage,
  orders,
  load,
  gatewayMemory,
  motoko,
  azle,
  largeDirectory,
  largeToken,
  localnet,
  largeStorage,
  monolith,
];
