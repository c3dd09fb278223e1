import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { consent } from '../../model/icrc21/consent.ts';
import { ledger, order } from './ledger.ts';

export const icrc21_canister_call_consent_message = handle(
  TokenContract.methods.icrc21_canister_call_consent_message,
  (request, context) => {
    const { symbol, decimals } = order.get();
    const { fee } = ledger();
    const isMinter = ledger().isMinter.bind(ledger());
    return consent({ symbol, decimals, fee, isMinter }, context.caller, request);
  },
);
