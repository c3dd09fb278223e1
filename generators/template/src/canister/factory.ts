import { factoryCanister } from '@fabrica/core/canister';

import { templateFactory } from '../definition.ts';

/** The template factory: the kernel applied to the definition. */
export default factoryCanister(templateFactory);
