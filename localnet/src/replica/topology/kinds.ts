import type { SubnetKind } from '../types.ts';

interface KindFacts {
  /** Number of nodes, which scales prices. */
  readonly size: number;
  /** Whether canisters pay cycles there. */
  readonly charged: boolean;
}

/** Facts of each kind, in the order in which PocketIC makes subnets. */
export const KINDS: Readonly<Record<SubnetKind, KindFacts>> = {
  NNS: { size: 40, charged: false },
  SNS: { size: 34, charged: true },
  II: { size: 28, charged: false },
  Fiduciary: { size: 28, charged: true },
  Bitcoin: { size: 13, charged: false },
  System: { size: 13, charged: false },
  Application: { size: 13, charged: true },
  VerifiedApplication: { size: 13, charged: true },
};

/** The kinds in that order. */
export const KIND_ORDER = Object.keys(KINDS) as SubnetKind[];

/** Where canisters go that name no subnet: the first kind present. */
export const DEFAULT_ORDER: readonly SubnetKind[] = [
  'Application',
  'VerifiedApplication',
  'System',
  'Fiduciary',
  'SNS',
  'NNS',
  'II',
  'Bitcoin',
];
