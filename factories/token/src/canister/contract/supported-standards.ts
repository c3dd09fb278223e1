import { handle } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { supportedStandards } from '../../model/metadata.ts';

const { methods } = TokenContract;

export const icrc1_supported_standards = handle(
  methods.icrc1_supported_standards,
  () => supportedStandards,
);

export const icrc10_supported_standards = handle(
  methods.icrc10_supported_standards,
  () => supportedStandards,
);
