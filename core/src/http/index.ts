/** What a canister shows over HTTP: metrics for scrapers, a page for people. */
export { renderMetrics, type Metric } from './metrics.ts';
export { renderPage, type Section } from './page.ts';
export { serve, type Site } from './serve.ts';
export { httpMethods, HttpRequest, HttpResponse } from './types.ts';
