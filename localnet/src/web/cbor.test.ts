import { describe, expect, it } from 'vitest';

import { readEnvelope } from '../http/envelope.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { RequestError } from './request-error.ts';

const repeated = (bytes: readonly number[], times: number): Uint8Array =>
  Uint8Array.from({ length: bytes.length * times }, (_, index) => bytes[index % bytes.length]!);

describe('CBOR', () => {
  it.each<[string, Uint8Array]>([
    ['arrays that nest without end', repeated([0x81], 200_000)],
    ['maps that nest without end', repeated([0xa1, 0x60], 200_000)],
    ['tags that nest without end', repeated([0xd9, 0xd9, 0xf7], 200_000)],
    ['arrays of unknown length that nest without end', repeated([0x9f], 200_000)],
    ['an array longer than all there is', Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff)],
    [
      'bytes longer than all there is',
      Uint8Array.of(0x5b, 0x7f, 255, 255, 255, 255, 255, 255, 255),
    ],
    ['a key that is repeated', Uint8Array.of(0xa2, 0x61, 0x61, 1, 0x61, 0x61, 2)],
    ['nothing', new Uint8Array(0)],
  ])('of %s is refused with 400', (_, body) => {
    expect(() => decodeCbor(body)).toThrow();
    let thrown: unknown;
    try {
      readEnvelope(body);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(RequestError);
    expect((thrown as RequestError).status).toBe(400);
  });

  it('is read also where numbers and lengths are longer than they need be', () => {
    const body = Uint8Array.of(0xb8, 1, 0x78, 1, 0x61, 0x1b, 0, 0, 0, 0, 0, 0, 0, 7);
    expect(decodeCbor(body)).toEqual(new Map([['a', 7]]));
  });

  it('is written with its tag, and read again', () => {
    const value = { text: 'x', bytes: Uint8Array.of(1, 2), large: 2n ** 63n };
    expect(decodeCbor(encodeCbor(value))).toEqual(new Map(Object.entries(value)));
  });
});
