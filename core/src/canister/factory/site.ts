import { httpMethods, renderPage, serve } from '../../http/index.ts';
import type { Context } from '../runtime/context.ts';
import { handle } from '../runtime/handle.ts';
import type { Kernel } from './kernel.ts';
import { metrics } from './metrics.ts';
import { readiness } from './readiness.ts';

/** `/metrics` and a page about the factory. */
export const httpRequest = (kernel: Kernel) =>
  handle(httpMethods.http_request, (request, context) =>
    serve(request, {
      metrics: () => metrics(kernel, context),
      page: () => page(kernel, context),
    }),
  );

function page(kernel: Kernel, context: Context): string {
  const ready = readiness(kernel, context.cyclesBalance);
  const rows = metrics(kernel, context).map(({ help, value, labels }) => [
    [help, labels?.['status'] ?? labels?.['version'] ?? labels?.['event'] ?? labels?.['work']]
      .filter(Boolean)
      .join(' '),
    String(value),
  ]);
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
