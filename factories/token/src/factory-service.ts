import { factoryService } from '@fabrica/core';
import { tokenFactory } from './definition.ts';

/** The interface of the token factory's canister. */
export const TokenFactory = factoryService(tokenFactory);
