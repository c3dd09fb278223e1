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
export { BALANCED, readBooks, settle, type Books } from './books.ts';
export { actorFor, initArgument, installBuilt, type ActorFor } from './canisters.ts';
export { accountOf, approvalOf, transferFromOf, transferOf } from './ledger-arguments.ts';
export { builtModule, type BuiltModule } from './modules.ts';
export { compileMotoko } from './motoko.ts';
export { ADMINISTRATOR, openSystem } from './open-system.ts';
export { orderOf, requestIdOf, SUPPLY, tokenOrder } from './orders.ts';
export { canisterFacts, type CanisterFacts } from './platform.ts';
export { installRelay, relayAt, relayModule, type Relay } from './relay.ts';
export { accepted, refusalCode, type RefusalValue } from './results.ts';
export { startReplica, type Replica } from './start-replica.ts';
export { newUser, paid, type Means, type User } from './users.ts';
