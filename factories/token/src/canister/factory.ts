import { factoryCanister } from '@fabrica/core/canister';
import { tokenFactory } from '../definition.ts';

/** The token factory: the kernel applied to the definition. */
export default factoryCanister(tokenFactory);
