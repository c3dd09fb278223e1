/** The gateway's interface, for clients, tools and tests. What runs in the canister is under `canister/`. */
export { GatewayService } from './candid.ts';
export { GatewayInit } from './interface/administration.ts';
export { MAX_PAGE } from './interface/common.ts';
export {
  FactoryEntry,
  OrderReceipt,
  OrderRequest,
  Quote,
  RequestPage,
} from './interface/orders.ts';
export { Dashboard, RelatedPage } from './interface/registry.ts';
export { FactoryPulse, LedgerEntry, SetupPart } from './interface/setup.ts';
export { DeploymentPage, PaymentPage } from './interface/users.ts';
export { SolvencyCheck, SystemStatus } from './interface/system-status.ts';
export { gatewayErrors } from './errors.ts';
export { SolvencyBook } from './model/orders/solvency.ts';
export { SolvencyState } from './model/orders/solvency-record.ts';
export {
  FactoryRoles,
  MAX_REPORTS,
  RelatedContract,
  RelatedFilter,
  RelationshipReport,
} from './model/registry/report.ts';
export { Withdrawal } from './model/treasury/withdrawal.ts';
export { RequestStatus } from './model/orders/view.ts';
export { CanisterIds } from './model/administration/wiring.ts';
export { ConfigValue } from './model/config/keys.ts';
export { Resolution } from './model/saga/resolve.ts';
export {
  createGatewayClient,
  gatewayIdlFactory,
  newRequestId,
  type GatewayActor,
  type GatewayClient,
  type LedgerActor,
  type OrderOptions,
} from './client/gateway-client.ts';
