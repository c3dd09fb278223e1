/** The Candid interfaces of both storages, and the types in them. */
export {
  ArchivedIds,
  ArchivedRange,
  ArchiveModule,
  ArchiveOrigin,
  ArchiveSettings,
  ArchivingState,
  ArchivingStatus,
  MAX_SLICE,
} from './candid/archive.ts';
export { AuditEntry, AuditEvent, AuditPage, AuditStorage, Severity } from './candid/audit.ts';
export {
  CertifiedTip,
  ChainData,
  MAX_BATCH,
  MAX_PAGE,
  MAX_PROOF,
  MAX_REFERENCE_BYTES,
  Receipt,
  StorageHealth,
  Whitelist,
  WhitelistChange,
} from './candid/common.ts';
export {
  InvoiceEntry,
  InvoicePage,
  InvoiceStorage,
  Payment,
  PaymentKind,
  PaymentStatus,
} from './candid/invoice.ts';
