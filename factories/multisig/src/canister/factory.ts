import { factoryCanister } from '@fabrica/core/canister';
import { multisigFactory } from '../definition.ts';

/** The multisig factory: the kernel applied to the definition. */
export default factoryCanister(multisigFactory);
