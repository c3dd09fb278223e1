import type { Result } from '@fabrica/core';
import { bodyDecoder, c, type Schema } from '@fabrica/core/candid';
import { concat } from '@fabrica/core/store';
import type { EntryPage } from '../reader.ts';

/** The value of a result. @throws Error with the code of a refusal. */
export function value<T>(result: Result<T>): T {
  if ('Err' in result) throw new Error(result.Err.code);
  return result.Ok;
}

/** The code of a refusal; `null` if it is none. */
export function code(result: Result<unknown>): string | null {
  return 'Err' in result ? result.Err.code : null;
}

/** The entries of a page, decoded. */
export function entriesOf<Entry>(schema: Schema<Entry, unknown>, page: EntryPage<Entry>): Entry[] {
  const decode = bodyDecoder(c.vec(schema));
  const bytes = concat(Uint8Array.of(page.entries.count), ...page.entries.runs);
  return decode(bytes) as Entry[];
}
