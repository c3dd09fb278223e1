/** The harness that tests and the launcher share. Private: not published. */
export {
  assemble,
  ORDER_PRICE,
  type AssembledSystem,
  type Assembly,
  type CoreIds,
  type CoreSystem,
  type Stepper,
} from './assemble.ts';
export { BALANCED, readBooks, settle, untilQuiet, type Books } from './books.ts';
export { actorFor, initArgument, installBuilt, upgradeBuilt, type ActorFor } from './canisters.ts';
export { configChange } from './factory-config.ts';
export { LEDGER_FEE, TREASURY } from './fee-token.ts';
export { accountOf, approvalOf, transferFromOf, transferOf } from './ledger-arguments.ts';
export { builtModule, type BuiltModule } from './modules.ts';
export { compileMotoko } from './motoko.ts';
export { ADMINISTRATOR, openSystem } from './open-system.ts';
export { orderOf, requestIdOf, SUPPLY, tokenOrder } from './orders.ts';
export { canisterFacts, type CanisterFacts } from './platform.ts';
export {
  AnyFactory,
  installFactory,
  registerModule,
  registrationOf,
  uploadModule,
  type DeployedFactory,
  type InstalledFactory,
  type Plugin,
  type PluginDefinition,
  type UploadedModule,
} from './plugins.ts';
export { installRelay, relayAt, relayModule, type Relay } from './relay.ts';
export { accepted, refusalCode, type RefusalValue } from './results.ts';
export { audit, type Customer, type Tally } from './storm/accounts.ts';
export { liveThrough } from './storm/history.ts';
export { storm, type Weather } from './storm/storm.ts';
export { startReplica, type Replica } from './start-replica.ts';
export { assembleTokens, TOKEN, TOKEN_PRICE, type System, type SystemIds } from './token-system.ts';
export { newUser, paid, type Means, type User } from './users.ts';
