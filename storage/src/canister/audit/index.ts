import { canister } from '@fabrica/core/canister';
import { AuditStorage } from '../../candid.ts';
import { certifyTip } from '../shared/certified-tip.ts';
import { commonMethods } from '../shared/common-methods.ts';
import { install } from '../shared/start.ts';
import { storage } from './memory.ts';
import * as read from './read.ts';
import * as record from './record.ts';

/** The audit storage canister. */
export default canister({
  service: AuditStorage,
  init: (whitelist, context) => install(storage, whitelist, context),
  postUpgrade: () => certifyTip(storage.log),
  methods: { ...commonMethods(AuditStorage.methods, storage), ...record, ...read },
});
