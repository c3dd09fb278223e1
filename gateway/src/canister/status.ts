import type { Infer } from '@fabrica/core/candid';
import { handle, type Context } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import type { SystemStatus } from '../interface/system-status.ts';
import { STATES } from '../model/saga/order.ts';
import { factoryPulses } from './factory-health.ts';
import { gateway } from './memory.ts';
import { auditCourier, invoiceCourier } from './workers/storages.ts';

const SECOND = 1_000_000_000n;
/** Seconds after which an order that is still open is an alert. */
const LONG_OPEN = 3_600n;

/** How the gateway is: flags, orders by state, how long the oldest is open, what waits for the storages, alerts. */
export const getSystemStatus = handle(GatewayService.methods.getSystemStatus, (context) =>
  systemStatus(context),
);

/** See {@link getSystemStatus}. */
export function systemStatus(context: Context): Status {
  const { now, cyclesBalance } = context;
  const { config, journal, audit, invoice, solvency, treasury } = gateway;
  const { orders, counts } = journal.overview;
  const oldest = journal.oldestOpen();
  const oldestOpenSeconds = oldest === null ? 0n : (now - oldest.acceptedAt) / SECOND;
  const stuck = counts[STATES.indexOf('Stuck')] ?? 0;
  const status = {
    maintenance: config.flag('maintenance'),
    emergencyStop: config.flag('emergency_stop'),
    requests: orders,
    open: journal.open,
    states: STATES.map((state, place) => ({ state, count: counts[place] ?? 0 })),
    oldestOpenSeconds,
    audit: { waiting: audit.size, failure: auditCourier.failure().slice(0, 300) },
    invoice: { waiting: invoice.size, failure: invoiceCourier.failure().slice(0, 300) },
    withdrawalsOpen: treasury.open.length,
    solvency: solvency.get(),
    cycles: cyclesBalance,
  };
  return { ...status, alerts: alertsOf(status, stuck, context) };
}

type Status = Infer<typeof SystemStatus>;
type Alarming = Pick<
  Status,
  'emergencyStop' | 'oldestOpenSeconds' | 'audit' | 'invoice' | 'solvency'
>;

/** What an administrator should look at. */
function alertsOf(status: Alarming, stuck: number, context: Context): string[] {
  const { emergencyStop, oldestOpenSeconds, audit, invoice, solvency } = status;
  const { undecided } = gateway.journal;
  const unwell = factoryPulses(context).filter(({ silentSeconds }) => silentSeconds !== null);
  return [
    ...solvency
      .filter(({ solvent }) => !solvent)
      .map(({ held, booked }) => `insolvent: a ledger holds ${held}, booked are ${booked}`),
    ...(emergencyStop ? ['emergency stop: no money moves'] : []),
    ...(undecided > 0 ? [`stuck: ${undecided} orders wait for resolveRequest`] : []),
    ...(stuck > undecided ? [`looked up: ${stuck - undecided} transfers in the ledgers`] : []),
    ...(oldestOpenSeconds > LONG_OPEN ? [`open: the oldest for ${oldestOpenSeconds} seconds`] : []),
    ...(audit.failure === '' ? [] : [`audit storage: ${audit.waiting} entries wait`]),
    ...(invoice.failure === '' ? [] : [`invoice storage: ${invoice.waiting} entries wait`]),
    ...unwell.map(
      ({ factory, silentSeconds }) => `silent: ${factory} for ${silentSeconds} seconds`,
    ),
  ];
}
