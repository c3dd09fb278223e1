import { expect, test } from 'vitest';
import { withJsonTables } from './error-tables.ts';

test('texts become JSON, and everything else stays', () => {
  const source = `const e = defineErrors('a', { low: { message: 'It is "{n}".', action: \`Go.\` } }); f({ a: 'b' });`;
  const json = JSON.stringify('{"low":{"message":"It is \\"{n}\\".","action":"Go."}}');
  expect(withJsonTables(source)).toBe(
    `const e = defineErrors('a', () => JSON.parse(${json})); f({ a: 'b' });`,
  );
});

test('a table that is not of texts alone is left as it is', () => {
  const source = `defineErrors('a', { ...others, low: { message: text(), action: 'Go.' } });`;
  expect(withJsonTables(source)).toBe(source);
});
