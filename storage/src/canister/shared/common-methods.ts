import { ok } from '@fabrica/core';
import { handle } from '@fabrica/core/canister';
import { MAX_PAGE, type AuditStorage, type InvoiceStorage } from '../../candid.ts';
import { storageErrors } from '../../errors.ts';
import type { Access } from '../../model/access.ts';
import type { Adoption } from '../../model/archive/adoption.ts';
import type { Archives } from '../../model/archive/archives.ts';
import { MAX_ENTRIES, type Log } from '../../model/log.ts';
import type { Reader } from '../../model/reader.ts';
import type { Sequences } from '../../model/sequences.ts';
import type { Archivist } from './archivist.ts';
import { certifiedTip } from './certified-tip.ts';

/** The parts of a storage that do not depend on what it holds. */
interface Storage {
  readonly log: Log;
  readonly access: Access;
  readonly sequences: Sequences;
  readonly archives: Archives;
  readonly adoption: Adoption;
  readonly reader: Pick<Reader<never>, 'chain'>;
}

/** The methods whose types are the same in both storages. */
type Methods = Pick<
  (typeof AuditStorage | typeof InvoiceStorage)['methods'],
  | 'setupWhitelist'
  | 'getWhitelist'
  | 'getWhitelistHistory'
  | 'getNextSequence'
  | 'verifyData'
  | 'getTip'
  | 'getStorageHealth'
>;

/** The methods that administer, prove and watch a storage. `getTip` and health are open to anyone. */
export function commonMethods(methods: Methods, storage: Storage, archivist: Archivist) {
  const { log, access, sequences, archives, adoption, reader } = storage;
  return {
    setupWhitelist: handle(
      methods.setupWhitelist,
      (whitelist, { caller, now }) => {
        if (adoption.origin !== null) {
          if (!adoption.isParent(caller)) return storageErrors.not_parent();
          return access.install(caller, whitelist, now);
        }
        const set = access.setup(caller, whitelist, now);
        if ('Ok' in set && archives.count > 0) archivist.wake();
        return set;
      },
      { audience: 'identified' },
    ),
    getWhitelist: handle(
      methods.getWhitelist,
      ({ caller }) =>
        access.isReader(caller) ? ok(access.whitelist) : storageErrors.not_administrator(),
      { audience: 'identified' },
    ),
    getWhitelistHistory: handle(
      methods.getWhitelistHistory,
      (from, limit, { caller }) =>
        access.isReader(caller)
          ? ok(access.history(from, Math.min(limit, MAX_PAGE)))
          : storageErrors.not_administrator(),
      { audience: 'identified' },
    ),
    getNextSequence: handle(
      methods.getNextSequence,
      (writer, { caller }) =>
        access.isReader(caller) ? ok(sequences.next(writer)) : storageErrors.not_writer(),
      { audience: 'identified' },
    ),
    verifyData: handle(
      methods.verifyData,
      (from, to, { caller }) => reader.chain(caller, from, to),
      { audience: 'identified' },
    ),
    getTip: handle(methods.getTip, () => certifiedTip(log)),
    getStorageHealth: handle(methods.getStorageHealth, ({ cyclesBalance }) => {
      const { capacityBytes, alertPercent } = archives.settings;
      const { bytesHere } = log;
      const full = bytesHere * 100 >= Number(capacityBytes) * alertPercent;
      return {
        entries: BigInt(log.length),
        bytes: BigInt(log.tip.bytes),
        capacity: BigInt(MAX_ENTRIES),
        firstHere: BigInt(log.first),
        bytesHere: BigInt(bytesHere),
        capacityBytes,
        alert: full || (archives.isDue && archivist.failure !== ''),
        archives: archives.count,
        writers: access.whitelist.writers.length,
        cycles: cyclesBalance,
      };
    }),
  };
}
