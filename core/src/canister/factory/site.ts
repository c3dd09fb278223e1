import { httpMethods, renderPage, serve, type Metric } from '../../http/index.ts';
import type { Context } from '../runtime/context.ts';
import { handle } from '../runtime/handle.ts';
import type { Kernel } from './kernel.ts';
import { readiness } from './readiness.ts';

/** `/metrics` and a page about the factory. */
export const httpRequest = (kernel: Kernel) =>
  handle(httpMethods.http_request, (request, context) =>
    serve(request, {
      metrics: () => metrics(kernel, context),
      page: () => page(kernel, context),
    }),
  );

function metrics(kernel: Kernel, context: Context): Metric[] {
  const { failed, underWay, callbacks } = kernel.counters.get();
  const { paused, reserve } = kernel.config.get();
  const ready = 'Ok' in readiness(kernel, context.cyclesBalance);
  const gauge = (name: string, help: string, value: bigint | number): Metric => ({
    name: `fabrica_factory_${name}`,
    help,
    type: 'gauge',
    value,
    labels: { factory: kernel.definition.id },
  });
  const counter = (name: string, help: string, value: bigint | number): Metric => ({
    ...gauge(name, help, value),
    type: 'counter',
  });
  return [
    gauge('healthy', '1 if it would take an order now.', ready ? 1 : 0),
    gauge('paused', '1 if an administrator paused it.', paused ? 1 : 0),
    gauge('balance_cycles', 'Cycles held.', context.cyclesBalance),
    gauge('reserve_cycles', 'Cycles kept back.', reserve),
    counter('contracts_total', 'Contracts made.', kernel.directory.size),
    counter('failed_total', 'Orders that ended without a contract.', failed),
    gauge('under_way', 'Deployments begun and not ended.', underWay),
    gauge('spares', 'Empty canisters of failed deployments.', kernel.spares.size),
    counter('callbacks_total', 'Events taken from contracts.', callbacks),
    gauge(
      'refreshes_waiting',
      'Changed contracts whose rows are brought up to date.',
      kernel.refreshes.size,
    ),
  ];
}

function page(kernel: Kernel, context: Context): string {
  const ready = readiness(kernel, context.cyclesBalance);
  const rows = metrics(kernel, context).map(({ help, value }) => [help, String(value)]);
  const versions = kernel.versions
    .page(0, 100)
    .map(({ registration: { version, stable, notes } }) => [
      version,
      stable ? 'stable' : 'beta',
      notes,
    ]);
  return renderPage(`Factory ${kernel.definition.id}`, 'Ok' in ready, [
    { title: 'Now', rows: [['Figure', 'Value'], ...rows] },
    { title: 'Versions', rows: [['Version', 'Channel', 'Notes'], ...versions] },
  ]);
}
