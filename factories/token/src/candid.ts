import { contractInit, contractMethods } from '@fabrica/core';
import { service } from '@fabrica/core/candid';

import { tokenFacts } from './contract-facts.ts';
import { archiveMethods } from './archive-schema.ts';
import { icrc103Methods } from './icrc103-schema.ts';
import { icrc21Methods } from './icrc21-schema.ts';
import { icrc3Methods } from './icrc3-schema.ts';
import { indexMethods } from './index-schema.ts';
import { minterMethods } from './minter-schema.ts';
import { ledgerMethods } from './standards.ts';

/**
 * The interface of a token contract: the ICRC standards, and what every contract offers its factory. An archive of
 * one has the same, but no tokens: it refuses what moves or counts them.
 */
export const TokenContract = service(
  'TokenContract',
  {
    ...ledgerMethods,
    ...icrc3Methods,
    ...icrc21Methods,
    ...icrc103Methods,
    ...indexMethods,
    ...minterMethods,
    ...archiveMethods,
    ...contractMethods,
  },
  [contractInit(tokenFacts)],
);
