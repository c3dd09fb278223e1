import { factoryService } from '@fabrica/core';
import { multisigFactory } from './definition.ts';

/** The interface of the multisig factory's canister. */
export const MultisigFactory = factoryService(multisigFactory);
