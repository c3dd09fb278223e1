import { Principal } from '@dfinity/principal';

import { canisterId } from '../ids.ts';
import type { CanisterRange, SubnetKind } from '../types.ts';

/** Canister ids per allocation range. */
const RANGE_SIZE = 1n << 20n;
/** The first allocation range; the others lie below it. */
const FIRST_ALLOCATION = 0xffff_ffff_ffe0_0000n;

const range = (start: string, end: string): CanisterRange => ({
  start: Principal.fromText(start).toUint8Array(),
  end: Principal.fromText(end).toUint8Array(),
});

/** Ranges that named subnets have on mainnet, where canisters may be created with a chosen id. */
const MAINNET_RANGES: Partial<Record<SubnetKind, readonly CanisterRange[]>> = {
  NNS: [
    range('rwlgt-iiaaa-aaaaa-aaaaa-cai', 'renrk-eyaaa-aaaaa-aaada-cai'),
    range('qoctq-giaaa-aaaaa-aaaea-cai', 'n5n4y-3aaaa-aaaaa-p777q-cai'),
  ],
  II: [
    range('rdmx6-jaaaa-aaaaa-aaadq-cai', 'rdmx6-jaaaa-aaaaa-aaadq-cai'),
    range('uc7f6-kaaaa-aaaaq-qaaaa-cai', 'ijz7v-ziaaa-aaaaq-7777q-cai'),
  ],
  SNS: [range('ybpmr-kqaaa-aaaaq-aaaaa-cai', 'ekjw2-zyaaa-aaaaq-p777q-cai')],
  Fiduciary: [range('mf7xa-laaaa-aaaar-qaaaa-cai', 'qoznl-yiaaa-aaaar-7777q-cai')],
  Bitcoin: [range('g3wsl-eqaaa-aaaan-aaaaa-cai', '2qqia-xyaaa-aaaan-p777q-cai')],
};

/** The canister ids a subnet hands out by itself. */
export interface Allocation {
  readonly first: bigint;
  readonly last: bigint;
}

/** The n-th subnet's allocation range. */
export function allocation(order: number): Allocation {
  const first = FIRST_ALLOCATION - BigInt(order) * RANGE_SIZE;
  return { first, last: first + RANGE_SIZE - 1n };
}

/** All ranges of a subnet: those of mainnet, then its allocation range. */
export function rangesOf(kind: SubnetKind, { first, last }: Allocation): readonly CanisterRange[] {
  const own = { start: canisterId(first), end: canisterId(last) };
  return [...(MAINNET_RANGES[kind] ?? []), own];
}

/** Whether a canister id lies in a range. Ids of one length compare as their bytes do. */
export function contains({ start, end }: CanisterRange, id: Uint8Array): boolean {
  return (
    id.length === start.length && Buffer.compare(start, id) <= 0 && Buffer.compare(id, end) <= 0
  );
}
