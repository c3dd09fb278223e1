/** For clients, in browsers too: proves that nothing in a storage was changed, and exports it. */
export type { Checkpoint, Fault, Faulty, Verdict } from './verdict.ts';
export {
  readArchived,
  ReadRefused,
  type ArchiveActor,
  type ArchiveOf,
  type EntryOf,
  type PageOf,
} from './archives.ts';
export { exportLog, type ReadingActor } from './export-log.ts';
export { START, verifyChain, type LogKind } from './verify-chain.ts';
export { verifyLog, type ProvingActor, type VerifyOptions } from './verify-log.ts';
export { verifyTip, type TipAnswer, type Trust } from './verify-tip.ts';
