import { decoder, encoder, type Decoded, type Schema } from '../candid/index.ts';
import type { EventSchemas } from './define-factory.ts';

/** Writes and reads what a domain's events carry: a Candid message of one value. Codecs are made when needed. */
export function payloadCodecs(events: EventSchemas) {
  const schemas: Readonly<Record<string, Schema>> = events;
  const encoders = new Map<string, (values: readonly [unknown]) => Uint8Array>();
  const decoders = new Map<string, (bytes: Uint8Array) => Decoded<readonly [Schema]>>();
  return {
    encode(name: string, value: unknown): Uint8Array {
      let encode = encoders.get(name);
      if (encode === undefined) encoders.set(name, (encode = encoder([schemas[name]!]) as never));
      return encode!([value]);
    },
    decode(name: string, bytes: Uint8Array): Decoded<readonly [Schema]> {
      let decode = decoders.get(name);
      if (decode === undefined) decoders.set(name, (decode = decoder([schemas[name]!])));
      return decode(bytes);
    },
  };
}
