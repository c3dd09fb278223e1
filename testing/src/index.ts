/** The harness that tests and the launcher share. Private: not published. */
export {
  assemble,
  LEDGER_FEE,
  registerModule,
  TOKEN_PRICE,
  TREASURY,
  type Stepper,
  type System,
  type SystemIds,
} from './assemble.ts';
export { actorFor, initArgument, installBuilt, type ActorFor } from './canisters.ts';
export { builtModule, type BuiltModule } from './modules.ts';
export { accepted, refusalCode, type RefusalValue } from './results.ts';
export { startReplica, type Replica } from './start-replica.ts';
