import { IDL } from '@dfinity/candid';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromAgent, toAgent } from './fixtures/agent-values.ts';
import { messages, schemas, valuesOf } from './fixtures/arbitrary.ts';
import { bodyDecoder, bodyEncoder, decoder, encoder, toIdlArgs } from './index.ts';

describe('a message', () => {
  it('is byte for byte what @dfinity/candid writes', () => {
    fc.assert(
      fc.property(messages, ([args, values]) => {
        const agentValues = args.map((schema, i) => toAgent(schema, values[i]));
        const theirs = IDL.encode(toIdlArgs(IDL, args), agentValues);
        expect(hex(encoder(args)(values))).toBe(hex(theirs));
      }),
      { numRuns: 1_000 },
    );
  });

  it('of ours is read by @dfinity/candid', () => {
    fc.assert(
      fc.property(messages, ([args, values]) => {
        const theirs = IDL.decode(toIdlArgs(IDL, args), encoder(args)(values));
        expect(args.map((schema, i) => fromAgent(schema, theirs[i]))).toEqual(values);
      }),
      { numRuns: 500 },
    );
  });

  it('of theirs is read by us', () => {
    fc.assert(
      fc.property(messages, ([args, values]) => {
        const agentValues = args.map((schema, i) => toAgent(schema, values[i]));
        const message = IDL.encode(toIdlArgs(IDL, args), agentValues);
        expect(decoder(args)(message)).toEqual({ ok: true, values });
      }),
      { numRuns: 500 },
    );
  });
});

describe('a stored body', () => {
  it('comes back as it was, after its prefix', () => {
    const valued = schemas.chain((schema) => fc.tuple(fc.constant(schema), valuesOf(schema)));
    fc.assert(
      fc.property(valued, ([schema, value]) => {
        const bytes = bodyEncoder(schema, new Uint8Array([1]))(value);
        expect(bytes[0]).toBe(1);
        expect(bodyDecoder(schema)(bytes, 1)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
