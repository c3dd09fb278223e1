import { canister } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { isArchive } from '../../model/archive/is-archive.ts';
import {
  get_account_transactions,
  icrc103_get_allowances,
  icrc106_get_index_principal,
  ledger_id,
  list_subaccounts,
  status,
} from './account-index.ts';
import { appendBlocks, archiveStatus } from './archive.ts';
import { resumeArchiving } from './archiving.ts';
import { base } from './base.ts';
import { birth } from './birth.ts';
import { certifyTip } from './certify-tip.ts';
import { resumeFollowing } from './following.ts';
import { resumeForgetting } from './forgetting.ts';
import { icrc1_balance_of } from './icrc1-balance-of.ts';
import { icrc1_transfer } from './icrc1-transfer.ts';
import { icrc2_allowance } from './icrc2-allowance.ts';
import { icrc2_approve } from './icrc2-approve.ts';
import { icrc2_transfer_from } from './icrc2-transfer-from.ts';
import { icrc21_canister_call_consent_message } from './icrc21.ts';
import {
  icrc3_get_archives,
  icrc3_get_blocks,
  icrc3_get_tip_certificate,
  icrc3_supported_block_types,
} from './icrc3.ts';
import { ledger, order } from './ledger.ts';
import { resumeListing } from './listing.ts';
import { setMinter } from './set-minter.ts';
import { setPaused } from './set-paused.ts';
import { icrc10_supported_standards, icrc1_supported_standards } from './supported-standards.ts';
import {
  icrc1_decimals,
  icrc1_fee,
  icrc1_metadata,
  icrc1_minting_account,
  icrc1_name,
  icrc1_symbol,
  icrc1_total_supply,
} from './token-facts.ts';

/** The token contract's canister. */
export default canister({
  service: TokenContract,
  init: birth,
  postUpgrade: () => {
    base.postUpgrade();
    certifyTip();
    if (isArchive(order.get())) return;
    // Opened here, so that queries need not find the end of the block log again each time.
    ledger();
    resumeForgetting();
    resumeFollowing();
    resumeArchiving();
    resumeListing();
  },
  methods: {
    ...base.methods,
    icrc1_name,
    icrc1_symbol,
    icrc1_decimals,
    icrc1_fee,
    icrc1_metadata,
    icrc1_total_supply,
    icrc1_minting_account,
    icrc1_balance_of,
    icrc1_transfer,
    icrc1_supported_standards,
    icrc2_approve,
    icrc2_transfer_from,
    icrc2_allowance,
    icrc3_get_blocks,
    icrc3_get_archives,
    icrc3_get_tip_certificate,
    icrc3_supported_block_types,
    icrc10_supported_standards,
    icrc21_canister_call_consent_message,
    icrc103_get_allowances,
    icrc106_get_index_principal,
    setMinter,
    setPaused,
    appendBlocks,
    archiveStatus,
    get_account_transactions,
    list_subaccounts,
    ledger_id,
    status,
  },
});
