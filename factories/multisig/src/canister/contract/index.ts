import { canister } from '@fabrica/core/canister';

import { WalletContract } from '../../candid.ts';
import { hasherOf } from '../../model/proposals/proposal-hash.ts';
import * as assets from './assets.ts';
import { birth } from './birth.ts';
import { execute } from './execute.ts';
import { wakeExecutions } from './execution.ts';
import * as ownerMethods from './owner-methods.ts';
import { pause } from './pause.ts';
import * as proposing from './proposing.ts';
import { uploadChunk } from './upload-chunk.ts';
import * as views from './views.ts';
import { base } from './wallet.ts';

/** The wallet contract's canister. */
export default canister({
  service: WalletContract,
  init: birth,
  postUpgrade: ({ self }) => {
    hasherOf(self);
    base.postUpgrade();
    // What a message of the old module was doing is in the journal; the alarm finds it.
    wakeExecutions();
  },
  methods: {
    ...base.methods,
    ...ownerMethods,
    ...proposing,
    execute,
    pause,
    ...assets,
    uploadChunk,
    ...views,
  },
});
