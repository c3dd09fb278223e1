import {
  bodyDecoder,
  bodyEncoder,
  type Infer,
  type Input,
  type Schema,
} from '@fabrica/core/candid';
import type { Codec } from '@fabrica/core/store';

import { lazy } from './lazy.ts';

/**
 * A codec as the kernel's `stored(1, schema)`: a version byte and the Candid body. Its two halves are made
 * when they are needed, as a wallet is born without reading anything.
 */
export function storedLate<S extends Schema>(schema: S): Codec<Infer<S>> {
  const encode = lazy(() => bodyEncoder(schema, Uint8Array.of(VERSION)));
  const decode = lazy(() => bodyDecoder(schema));
  return {
    encode: (value) => encode()(value as Input<S>),
    decode(bytes) {
      if (bytes[0] !== VERSION) throw new Error(`No reader for stored version ${bytes[0]}`);
      return decode()(bytes, 1);
    },
  };
}

const VERSION = 1;
