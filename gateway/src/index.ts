/** The gateway's interface, for clients, tools and tests. What runs in the canister is under `canister/`. */
export {
  FactoryEntry,
  GatewayInit,
  GatewayService,
  MAX_PAGE,
  OrderReceipt,
  OrderRequest,
  Quote,
  RequestPage,
  SolvencyCheck,
  SystemStatus,
} from './candid.ts';
export { gatewayErrors } from './errors.ts';
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
