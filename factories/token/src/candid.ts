import { contractInit, contractMethods } from '@fabrica/core';
import { service } from '@fabrica/core/candid';

import { tokenFactory } from './definition.ts';
import { icrc103Methods } from './icrc103-schema.ts';
import { icrc21Methods } from './icrc21-schema.ts';
import { icrc3Methods } from './icrc3-schema.ts';
import { indexMethods } from './index-schema.ts';
import { minterMethods } from './minter-schema.ts';
import { ledgerMethods } from './standards.ts';

/** The interface of a token contract: the ICRC standards, and what every contract offers its factory. */
export const TokenContract = service(
  'TokenContract',
  {
    ...ledgerMethods,
    ...icrc3Methods,
    ...icrc21Methods,
    ...icrc103Methods,
    ...indexMethods,
    ...minterMethods,
    ...contractMethods,
  },
  [contractInit(tokenFactory)],
);
