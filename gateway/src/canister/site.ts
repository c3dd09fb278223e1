import { httpMethods, renderPage, serve, type Metric } from '@fabrica/core';
import { handle, type Context } from '@fabrica/core/canister';

import { factoryPulses } from './factory-health.ts';
import { systemStatus } from './status.ts';

/** `/metrics`, and a page about the gateway. */
export const http_request = handle(httpMethods.http_request, (request, context) =>
  serve(request, { metrics: () => metrics(context), page: () => page(context) }),
);

function metrics(context: Context): Metric[] {
  const status = systemStatus(context);
  const figure =
    (type: Metric['type']) =>
    (name: string, help: string, value: bigint | number, labels = {}): Metric => ({
      name: `fabrica_gateway_${name}`,
      help,
      type,
      value,
      labels,
    });
  const gauge = figure('gauge');
  const counter = figure('counter');
  const flag = (value: boolean): number => (value ? 1 : 0);
  const { solvency } = status;
  return [
    gauge('alerts', 'Things an administrator should look at.', status.alerts.length),
    gauge('balance_cycles', 'Cycles held.', status.cycles),
    gauge('maintenance', '1 while no new orders are taken.', flag(status.maintenance)),
    gauge('emergency_stop', '1 while no money moves.', flag(status.emergencyStop)),
    counter('requests_total', 'Orders ever accepted.', status.requests),
    ...status.states.map(({ state, count }) =>
      gauge('orders', 'Orders by state.', count, { state }),
    ),
    gauge('open', 'Orders that have not ended.', status.open),
    gauge('oldest_open_seconds', 'Age of the oldest open order.', status.oldestOpenSeconds),
    gauge('outbox_waiting', 'Entries for the storages.', status.audit.waiting, { to: 'audit' }),
    gauge('outbox_waiting', 'Entries for the storages.', status.invoice.waiting, {
      to: 'invoice',
    }),
    gauge('withdrawals_open', 'Withdrawals on their way.', status.withdrawalsOpen),
    gauge('ledgers_checked', 'Ledgers whose account was compared.', solvency.length),
    gauge(
      'ledgers_insolvent',
      'Ledgers that hold less than is booked.',
      solvency.filter(({ solvent }) => !solvent).length,
    ),
    ...factoryPulses(context).map(({ factory, healthy }) =>
      gauge('factory_healthy', '1 if it would take an order.', flag(healthy), { factory }),
    ),
  ];
}

function page(context: Context): string {
  const { alerts, states, ...status } = systemStatus(context);
  const factories = factoryPulses(context).map(({ factory, enabled, healthy, health }) => [
    factory,
    enabled ? 'enabled' : 'disabled',
    healthy ? 'healthy' : 'not healthy',
    String(health?.contracts ?? ''),
  ]);
  return renderPage('Gateway', alerts.length === 0, [
    { title: 'Alerts', rows: [['Alert'], ...alerts.map((alert) => [alert])] },
    {
      title: 'Now',
      rows: [
        ['Figure', 'Value'],
        ['Orders accepted', String(status.requests)],
        ['Open', String(status.open)],
        ['Oldest open, seconds', String(status.oldestOpenSeconds)],
        ['Waiting for the audit storage', String(status.audit.waiting)],
        ['Waiting for the invoice storage', String(status.invoice.waiting)],
        ['Cycles', String(status.cycles)],
      ],
    },
    {
      title: 'Orders',
      rows: [['State', 'Orders'], ...states.map(({ state, count }) => [state, String(count)])],
    },
    { title: 'Factories', rows: [['Factory', 'Orders', 'Health', 'Contracts'], ...factories] },
  ]);
}
