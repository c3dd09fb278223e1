import { canister } from '@fabrica/core/canister';
import { InvoiceStorage } from '../../candid.ts';
import { certifyTip } from '../shared/certified-tip.ts';
import { commonMethods } from '../shared/common-methods.ts';
import { install } from '../shared/start.ts';
import { storage } from './memory.ts';
import * as read from './read.ts';
import * as record from './record.ts';

/** The invoice storage canister. */
export default canister({
  service: InvoiceStorage,
  init: (whitelist, context) => install(storage, whitelist, context),
  postUpgrade: () => certifyTip(storage.log),
  methods: { ...commonMethods(InvoiceStorage.methods, storage), ...record, ...read },
});
