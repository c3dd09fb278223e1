import { handle } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { STATES } from '../model/saga/order.ts';
import { gateway } from './memory.ts';
import { auditCourier, invoiceCourier } from './workers/storages.ts';

const SECOND = 1_000_000_000n;

/** How the gateway is: flags, orders by state, how long the oldest is open, what waits for the storages. */
export const getSystemStatus = handle(
  GatewayService.methods.getSystemStatus,
  ({ now, cyclesBalance }) => {
    const { config, journal, audit, invoice } = gateway;
    const { orders, counts } = journal.overview;
    const oldest = journal.oldestOpen();
    return {
      maintenance: config.flag('maintenance'),
      emergencyStop: config.flag('emergency_stop'),
      requests: orders,
      open: journal.open,
      states: STATES.map((state, place) => ({ state, count: counts[place] ?? 0 })),
      oldestOpenSeconds: oldest === null ? 0n : (now - oldest.acceptedAt) / SECOND,
      audit: { waiting: audit.size, failure: auditCourier.failure().slice(0, 300) },
      invoice: { waiting: invoice.size, failure: invoiceCourier.failure().slice(0, 300) },
      cycles: cyclesBalance,
    };
  },
);
