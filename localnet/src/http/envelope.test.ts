import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RequestError } from '../web/request-error.ts';
import { authenticate } from './authenticate.ts';
import { readEnvelope } from './envelope.ts';

const NOW = 1_700_000_000_000_000_000n;

describe('an envelope', () => {
  it('of any bytes is refused with 400, never otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (body) => refused(body)),
      {
        numRuns: 2000,
      },
    );
  });

  it('of any CBOR is refused with 400, never otherwise', () => {
    const value = fc.anything({
      maxDepth: 4,
      values: [fc.uint8Array(), fc.string(), fc.maxSafeNat(), fc.constant(null)],
      key: fc.constantFrom(
        'content',
        'sender',
        'request_type',
        'paths',
        'sender_delegation',
        'arg',
      ),
    });
    fc.assert(
      fc.property(value, (any) => refused(encode(any))),
      { numRuns: 1000 },
    );
  });

  it('changed in any byte is refused, or is another request', () => {
    const content = {
      request_type: 'call',
      sender: Uint8Array.of(4),
      ingress_expiry: NOW + 1n,
      canister_id: Uint8Array.of(1),
      method_name: 'm',
      arg: Uint8Array.of(1, 2, 3),
    };
    const body = encode({ content });
    const { requestId } = readEnvelope(body);
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = body.slice();
        changed[at]! ^= change;
        const read = attempt(() => readEnvelope(changed));
        if (read instanceof RequestError) expect(read.status).toBe(400);
        else expect(read.requestId).not.toEqual(requestId);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Reading and checking it fails as requests fail. */
function refused(body: Uint8Array): void {
  const outcome = attempt(() => {
    authenticate(readEnvelope(body), NOW);
  });
  expect(outcome).toBeInstanceOf(RequestError);
}

/** What an action returns, or the RequestError it throws. */
function attempt<T>(action: () => T): T | RequestError {
  try {
    return action();
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
}
