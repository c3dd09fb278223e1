import { ok, type Refused } from '@fabrica/core';
import { handle, publicFacts, storedChunks, uploadChunk } from '@fabrica/core/canister';
import { binary, equal } from '@fabrica/core/store';
import { MAX_PAGE, type AuditStorage, type InvoiceStorage } from '../../candid.ts';
import { storageErrors } from '../../errors.ts';
import type { Access } from '../../model/access.ts';
import type { Adoption } from '../../model/archive/adoption.ts';
import type { Archives } from '../../model/archive/archives.ts';
import type { Book, Recorded } from '../../model/book.ts';
import type { Log } from '../../model/log.ts';
import type { Archivist } from './archivist.ts';
import { certifyTip } from './certified-tip.ts';

interface Storage {
  readonly log: Log;
  readonly access: Access;
  readonly archives: Archives;
  readonly adoption: Adoption;
  readonly book: Pick<Book<Recorded>, 'decode'>;
}

type Methods = Pick<
  (typeof AuditStorage | typeof InvoiceStorage)['methods'],
  | 'getArchives'
  | 'getOrigin'
  | 'getArchiving'
  | 'configureArchiving'
  | 'uploadModuleChunk'
  | 'registerArchiveModule'
  | 'abandonArchive'
  | 'adoptEntries'
>;

const identified = { audience: 'identified' } as const;

/** The methods about archives: of the log that has them, and of an archive. */
export function archiveMethods(methods: Methods, storage: Storage, archivist: Archivist) {
  const { log, access, archives, adoption, book } = storage;

  const refuse = (caller: Uint8Array): Refused | null => {
    if (adoption.origin !== null) return storageErrors.is_archive();
    return access.isAdministrator(caller) ? null : storageErrors.not_administrator();
  };

  return {
    getArchives: handle(methods.getArchives, (from, limit) =>
      archives.ranges(from, Math.min(limit, MAX_PAGE)),
    ),
    getOrigin: handle(methods.getOrigin, () => adoption.origin),
    getArchiving: handle(
      methods.getArchiving,
      ({ caller }) => {
        if (!access.isReader(caller)) return storageErrors.not_administrator();
        const { settings, module, state, abandoned } = archives;
        const whitelistPending = archives.withoutWhitelist(access.version).length > 0;
        const { failure } = archivist;
        return ok({ settings, module, state, failure, abandoned, whitelistPending });
      },
      identified,
    ),
    configureArchiving: handle(
      methods.configureArchiving,
      (settings, { caller }) => {
        const refused = refuse(caller);
        if (refused !== null) return refused;
        const configured = archives.configure(settings);
        if ('Ok' in configured) archivist.wake();
        return configured;
      },
      identified,
    ),
    uploadModuleChunk: handle(
      methods.uploadModuleChunk,
      async (chunk, { caller, self }) => {
        const refused = refuse(caller);
        if (refused !== null) return refused;
        const stored = await uploadChunk(self, chunk);
        if (!stored.ok) return storageErrors.platform_failed({ reason: stored.failure.message });
        return ok(stored.value);
      },
      identified,
    ),
    registerArchiveModule: handle(
      methods.registerArchiveModule,
      async (module, { caller, self }) => {
        const refused = refuse(caller);
        if (refused !== null) return refused;
        const own = await publicFacts(self);
        if (!own.ok) return storageErrors.platform_failed({ reason: own.failure.message });
        const { moduleHash } = own.value;
        if (moduleHash === null || !equal(moduleHash, module.hash)) {
          return storageErrors.module_not_own();
        }
        const chunks = await storedChunks(self);
        if (!chunks.ok) return storageErrors.platform_failed({ reason: chunks.failure.message });
        const stored = new Set(chunks.value.map(binary));
        if (!module.chunks.every((hash) => stored.has(binary(hash)))) {
          return storageErrors.module_incomplete();
        }
        archives.setModule(module);
        archivist.wake();
        return ok(null);
      },
      identified,
    ),
    abandonArchive: handle(
      methods.abandonArchive,
      ({ caller }) => {
        const refused = refuse(caller);
        if (refused !== null) return refused;
        const abandoned = archives.abandon();
        if ('Ok' in abandoned) archivist.wake();
        return abandoned;
      },
      identified,
    ),
    adoptEntries: handle(
      methods.adoptEntries,
      (from, entries, { caller }) => {
        const result = adoption.adopt(book, caller, from, entries);
        certifyTip(log);
        return result;
      },
      { audience: 'canisters' },
    ),
  };
}
