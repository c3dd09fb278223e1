import { renderMetrics, type Metric } from './metrics.ts';
import type { HttpRequest, HttpResponse } from './types.ts';

/** What a canister shows over HTTP. Each part is made only when it is asked for. */
export interface Site {
  /** `/metrics`, for a scraper. */
  metrics(): readonly Metric[];
  /** `/`, for a person: HTML. */
  page(): string;
}

/**
 * Answers a request for `/metrics` or `/`.
 *
 * Answers are not certified: on the main network they are read through a raw domain or a boundary that
 * does not ask for certification. Nothing in them is private or to be acted upon.
 */
export function serve({ method, url }: HttpRequest, site: Site): HttpResponse {
  if (method !== 'GET' && method !== 'HEAD') {
    return respond(405, 'text/plain; charset=utf-8', 'Only GET is served here.\n');
  }
  const path = url.split(/[?#]/, 1)[0];
  if (path === '/metrics') {
    return respond(200, 'text/plain; version=0.0.4; charset=utf-8', renderMetrics(site.metrics()));
  }
  if (path === '/') return respond(200, 'text/html; charset=utf-8', site.page());
  return respond(404, 'text/plain; charset=utf-8', 'Try / or /metrics.\n');
}

const encoder = new TextEncoder();

function respond(status: number, type: string, text: string): HttpResponse {
  return {
    status_code: status,
    headers: [
      ['content-type', type],
      ['x-content-type-options', 'nosniff'],
      ['content-security-policy', "default-src 'none'; style-src 'unsafe-inline'"],
    ],
    body: encoder.encode(text),
    upgrade: null,
  };
}
