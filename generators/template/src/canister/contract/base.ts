import { contractBase } from '@fabrica/core/canister';

import { templateFactory } from '../../definition.ts';
import { space } from './memory.ts';

/** The kernel's part of the contract: its bond with the factory that made it. */
export const base = contractBase(templateFactory, space);
