import { canister } from '@fabrica/core/canister';
import { AuditStorage } from '../../candid.ts';
import { archiveMethods } from '../shared/archive-methods.ts';
import { commonMethods } from '../shared/common-methods.ts';
import { install, resume } from '../shared/start.ts';
import { archivist, storage } from './memory.ts';
import * as read from './read.ts';
import * as record from './record.ts';

const { methods } = AuditStorage;

/** The audit storage canister; installed with an origin, an archive of one. */
export default canister({
  service: AuditStorage,
  init: (whitelist, origin, context) => install(storage, whitelist, origin, context),
  postUpgrade: () => resume(storage, archivist),
  methods: {
    ...commonMethods(methods, storage, archivist),
    ...archiveMethods(methods, storage, archivist),
    ...record,
    ...read,
  },
});
