import { c } from '@fabrica/core/candid';

/** Entries in one batch at most: what the storages take. */
export const MAX_BATCH = 50;

/** What a batch came to at a storage: how many entries were new, and the number expected next. */
export const Receipt = c.named('Receipt', c.record({ appended: c.nat32, next: c.nat64 }));
