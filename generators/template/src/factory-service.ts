import { factoryService } from '@fabrica/core';

import { templateFactory } from './definition.ts';

/** The interface of the template factory's canister. */
export const TemplateFactory = factoryService(templateFactory);
