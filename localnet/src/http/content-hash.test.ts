import { describe, expect, it } from 'vitest';

import { hashOfMap } from './content-hash.ts';

describe('the hash of a request', () => {
  it("is that of the interface specification's example", () => {
    const id = hashOfMap([
      ['request_type', 'call'],
      ['sender', Uint8Array.of(4)],
      ['ingress_expiry', 1_685_570_400_000_000_000n],
      ['canister_id', Uint8Array.of(0, 0, 0, 0, 0, 0, 0x04, 0xd2)],
      ['method_name', 'hello'],
      ['arg', Buffer.from('DIDL\x00\xFD*', 'latin1')],
    ]);
    expect(Buffer.from(id).toString('hex')).toBe(
      '1d1091364d6bb8a6c16b203ee75467d59ead468f523eb058880ae8ec80e2b101',
    );
  });

  it('does not depend on the order of fields, nor on those without value', () => {
    const one = hashOfMap([
      ['a', 1],
      ['b', [Uint8Array.of(1), 'x']],
    ]);
    const other = hashOfMap([
      ['b', [Uint8Array.of(1), 'x']],
      ['nonce', undefined],
      ['a', 1n],
    ]);
    expect(one).toEqual(other);
  });

  it.each([[-1], [null], [true]])('does not exist for %s', (value) => {
    expect(() => hashOfMap([['a', value]])).toThrow(TypeError);
  });
});
