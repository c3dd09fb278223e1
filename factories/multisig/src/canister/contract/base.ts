import { contractBase } from '@fabrica/core/canister';

import { multisigFactory } from '../../definition.ts';
import { space } from './memory.ts';

/** The kernel's part of the contract: its bond with the factory that made it. */
export const base = contractBase(multisigFactory, space);
