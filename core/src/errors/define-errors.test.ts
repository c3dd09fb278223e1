import { expect, test } from 'vitest';
import { defineErrors, joinErrors } from './define-errors.ts';

const errors = defineErrors('test', {
  too_low: { message: 'It is {held}.', action: 'Send {needed}.' },
  closed: { message: 'Closed.', action: 'Wait.' },
});

test('texts are filled in and the code carries its scope', () => {
  expect(errors.too_low({ held: 1n, needed: 2 })).toEqual({
    Err: { code: 'test.too_low', message: 'It is 1.', action: 'Send 2.' },
  });
  expect(errors.closed().Err.code).toBe('test.closed');
});

test('a value cannot bring a tag of its own', () => {
  expect(errors.too_low({ held: '{needed}', needed: 2 }).Err.message).toBe('It is {needed}.');
});

test('missing and unknown values do not compile', () => {
  // @ts-expect-error -- needed is missing
  expect(errors.too_low({ held: 1 }).Err.code).toBe('test.too_low');
  // @ts-expect-error -- nothing to fill in
  expect(errors.closed({ held: 1 }).Err.code).toBe('test.closed');
});

test('two tables are one, and cannot be spread, which would lose them', () => {
  const joined = joinErrors(errors, defineErrors('test', { open: { message: 'No.', action: '' } }));
  expect([joined.closed().Err.code, joined.open().Err.code]).toEqual(['test.closed', 'test.open']);
  expect(() => ({ ...errors })).toThrow('joinErrors');
});
