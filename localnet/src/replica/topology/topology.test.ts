import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';

import { Network } from '../network.ts';
import { TestNetwork } from '../testing/test-network.ts';
import { selfAuthenticating } from './keys.ts';

const text = (id: Uint8Array): string => Principal.fromUint8Array(id).toText();

describe('a network', () => {
  it('gives subnets PocketIC’s ranges, in its order of kinds', () => {
    const { topology } = new Network({
      subnets: [{ kind: 'Application' }, { kind: 'NNS' }, { kind: 'System' }],
    });
    expect(topology.map(({ kind, size }) => [kind, size])).toEqual([
      ['NNS', 40],
      ['System', 13],
      ['Application', 13],
    ]);
    const starts = topology.map(({ ranges }) => text(ranges.at(-1)!.start));
    expect(starts).toEqual([
      'lxzze-o7777-77777-aaaaa-cai',
      '7tjcv-pp777-77776-qaaaa-cai',
      'tqzl2-p7777-77776-aaaaa-cai',
    ]);
    expect(text(topology[0]!.ranges[0]!.start)).toBe('rwlgt-iiaaa-aaaaa-aaaaa-cai');
    expect(text(topology[0]!.ranges.at(-1)!.end)).toBe('x47dp-5x777-77777-p777q-cai');
  });

  it('names subnets by their keys, and is the same for the same seed', () => {
    const make = (seed: number): Network =>
      new Network({ subnets: [{ kind: 'Application' }], seed: new Uint8Array(32).fill(seed) });
    const [first, same, other] = [make(1), make(1), make(2)].map(({ topology }) => topology[0]!);
    expect(first!.id).toEqual(selfAuthenticating(first!.publicKey));
    expect(first!.publicKey).toHaveLength(133);
    expect(same!.id).toEqual(first!.id);
    expect(other!.id).not.toEqual(first!.id);
  });

  it('creates canisters from the start of the range', async () => {
    const net = new TestNetwork();
    expect(text(await net.create())).toBe('lxzze-o7777-77777-aaaaa-cai');
    expect(text(await net.create())).toBe('lqy7q-dh777-77777-aaaaq-cai');
  });

  it('refuses to be without subnets, or with two of a kind that is single', () => {
    const invalid = expect.objectContaining({ code: 'InvalidArgument' });
    expect(() => new Network({ subnets: [] })).toThrow(invalid);
    expect(() => new Network({ subnets: [{ kind: 'NNS' }, { kind: 'NNS' }] })).toThrow(invalid);
  });

  it('moves time by a nanosecond a round, or to where it is set', () => {
    const { network } = new TestNetwork();
    const { now } = network;
    network.tick();
    expect(network.now).toBe(now + 1n);
    network.setTime(now + 50n);
    network.tick();
    expect(network.now).toBe(now + 50n);
  });
});
