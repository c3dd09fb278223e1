import { c, query, type Infer } from '../candid/index.ts';

const Headers = c.vec(c.tuple(c.text({ max: 200 }), c.text({ max: 8_000 })), { max: 100 });

/** A request as HTTP gateways pass it on. https://internetcomputer.org/docs/references/http-gateway-protocol-spec */
export const HttpRequest = c.named(
  'HttpRequest',
  c.record({
    method: c.text({ max: 20 }),
    url: c.text({ max: 2_000 }),
    headers: Headers,
    body: c.blob({ max: 10_000 }),
    certificate_version: c.opt(c.nat16),
  }),
);
export type HttpRequest = Infer<typeof HttpRequest>;

/** The answer to a {@link HttpRequest}. */
export const HttpResponse = c.named(
  'HttpResponse',
  c.record({
    status_code: c.nat16,
    headers: Headers,
    body: c.blob({ max: 1_000_000 }),
    upgrade: c.opt(c.bool),
  }),
);
export type HttpResponse = Infer<typeof HttpResponse>;

/** The method that serves a canister's metrics and its page to browsers and scrapers. */
export const httpMethods = { http_request: query([HttpRequest], HttpResponse) } as const;
