import { DAY, HOUR } from '../time.ts';

/** Limits of a wallet; lengths in bytes of UTF-8, times in nanoseconds. */
export const WALLET_LIMITS = Object.freeze({
  name: 64,
  description: 1_000,
  memberName: 64,
  title: 100,
  proposalDescription: 2_000,
  /** Bytes of a proposal as it is stored. */
  content: 200_000,
  reason: 500,
  timelock: 30n * DAY,
  minLifetime: HOUR,
  maxLifetime: 90n * DAY,
  minRecoveryDelay: DAY,
  maxRecoveryDelay: 365n * DAY,
  rules: 20,
  /** Targets, recipients, methods of a rule. */
  ruleList: 20,
  ruleName: 64,
  methodName: 100,
  limits: 20,
  /** Open proposals of one member: nobody can take all places. */
  openPerMember: 5,
  /** Open proposals in all: 5 of each who may propose, and as many of former members. */
  open: 400,
});

/** How many may have a role. */
export const ROLE_COUNTS = Object.freeze({
  signer: { min: 1, max: 20 },
  observer: { min: 0, max: 20 },
  proposer: { min: 0, max: 10 },
  guardian: { min: 0, max: 10 },
});
