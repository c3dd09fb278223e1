/** The plugin contract: what a factory type is, and the interface every factory offers. */
export {
  DEFAULT_STATUSES,
  defineFactory,
  MAX_HOLDERS_AT_BIRTH,
  statusesOf,
  type ContractFacts,
  type Description,
  type EventSchemas,
  type FactoryDefinition,
  type NoEvents,
  type OrderContext,
  type RoleHolder,
} from './define-factory.ts';
export { AdministrationPage } from './administration-methods.ts';
export { TopUpPage } from './cycles-methods.ts';
export { ContractInfo } from './contract-info.ts';
export { ContractEvent, MAX_EVENTS, MAX_PAYLOAD, Receipt, Report } from './events.ts';
export { factoryErrors } from './factory-errors.ts';
export {
  capitalized,
  FactoryInit,
  factoryMethods,
  factoryService,
  OrderBytes,
} from './factory-service.ts';
export {
  Cancellation,
  ContractPage,
  EmittedEvent,
  EmittedPage,
  FactoryConfig,
  FactoryConfigUpdate,
  FactoryHealth,
  MyContract,
  MyContractPage,
  OrderCheck,
  PageRequest,
  PaymentReference,
  Tally,
  VersionInfo,
  VersionPage,
  VersionRegistration,
  Whitelist,
} from './types.ts';
export { UpgradePage, UpgradeStatus, VersionUpdate } from './upgrade-types.ts';
