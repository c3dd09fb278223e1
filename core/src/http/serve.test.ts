import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMetrics, renderPage, serve, type HttpRequest } from './index.ts';

const request = (url: string, method = 'GET'): HttpRequest => ({
  method,
  url,
  headers: [],
  body: new Uint8Array(),
  certificate_version: null,
});
const site = {
  metrics: () => [{ name: 'cycles', help: 'Held.', type: 'gauge', value: 5n }] as const,
  page: () => renderPage('Factory', true, [{ title: 'Counts', rows: [['what', 'count']] }]),
};
const text = (body: Uint8Array) => new TextDecoder().decode(body);

describe('serve', () => {
  test.each([
    ['/metrics', 200, '# TYPE cycles gauge\ncycles 5\n'],
    ['/metrics?x=1', 200, 'cycles 5'],
    ['/', 200, '<h1>Factory</h1>'],
    ['/other', 404, '/metrics'],
  ])('GET %s', (url, status, part) => {
    const response = serve(request(url), site);
    expect(response.status_code).toBe(status);
    expect(text(response.body)).toContain(part);
  });
  test('only GET and HEAD', () => {
    expect(serve(request('/', 'POST'), site).status_code).toBe(405);
    expect(serve(request('/', 'HEAD'), site).status_code).toBe(200);
  });
});

test('metrics of one name share their help, and labels are escaped', () => {
  const base = { name: 'contracts', help: 'By\nversion.', type: 'gauge', value: 1 } as const;
  const rendered = renderMetrics([
    { ...base, labels: { version: '1.0.0' } },
    { ...base, labels: { version: 'a"b\\c\nd' } },
  ]);
  expect(rendered).toBe(
    '# HELP contracts By\\nversion.\n# TYPE contracts gauge\n' +
      'contracts{version="1.0.0"} 1\ncontracts{version="a\\"b\\\\c\\nd"} 1\n',
  );
});

test('no value can bring markup into the page', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const page = renderPage('t', false, [{ title: 's', rows: [['h'], [`<script>${value}`]] }]);
      expect(page).not.toContain('<script>');
    }),
  );
});
