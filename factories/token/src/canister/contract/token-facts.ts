import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { metadataOf } from '../../model/metadata.ts';
import { ledger, order } from './ledger.ts';

const { methods } = TokenContract;

export const icrc1_name = handle(methods.icrc1_name, () => order.get().name);

export const icrc1_symbol = handle(methods.icrc1_symbol, () => order.get().symbol);

export const icrc1_decimals = handle(methods.icrc1_decimals, () => order.get().decimals);

export const icrc1_fee = handle(methods.icrc1_fee, () => ledger().fee);

export const icrc1_metadata = handle(methods.icrc1_metadata, (context) =>
  metadataOf(order.get(), context.self, ledger().paused),
);

export const icrc1_minting_account = handle(methods.icrc1_minting_account, () => ledger().minter);

export const icrc1_total_supply = handle(methods.icrc1_total_supply, () => ledger().blocks.supply);
