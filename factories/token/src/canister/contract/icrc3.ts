import { dataCertificate, handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { getArchives } from '../../model/archive/get-archives.ts';
import { supportedBlockTypes } from '../../model/icrc3/block-types.ts';
import { getBlocks } from '../../model/icrc3/get-blocks.ts';
import { tipTree } from '../../model/icrc3/tip-tree.ts';
import { archives } from './archives.ts';
import { sealed } from './memory.ts';

const { methods } = TokenContract;

export const icrc3_get_blocks = handle(methods.icrc3_get_blocks, (ranges) =>
  getBlocks(sealed, archives.archives, ranges),
);

export const icrc3_get_archives = handle(methods.icrc3_get_archives, ({ from }) =>
  getArchives(archives.archives, sealed.first, from),
);

export const icrc3_get_tip_certificate = handle(methods.icrc3_get_tip_certificate, () => {
  const certificate = dataCertificate();
  const { tip } = sealed;
  if (certificate === null || tip === null) return null;
  return { certificate, hash_tree: tipTree(tip.length - 1, tip.hash) };
});

export const icrc3_supported_block_types = handle(
  methods.icrc3_supported_block_types,
  () => supportedBlockTypes,
);
