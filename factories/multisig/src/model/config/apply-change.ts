import type { Refused } from '@fabrica/core';
import { equal } from '@fabrica/core/store';

import { configErrors } from '../../config-errors.ts';
import type { Change, ChangeName } from '../../schemas/changes.ts';
import type { Limit } from '../../schemas/policy.ts';
import type { WalletConfig } from '../../schemas/wallet.ts';
import { refuseLine, refuseText, utf8Length } from '../text.ts';
import { grant, revokeRole, type Changed } from './change-members.ts';
import type { Effect } from './effects.ts';
import { WALLET_LIMITS } from './limits.ts';
import { refuseConfig } from './refuse-config.ts';

type Payload<Name extends ChangeName> = Extract<Change, Record<Name, unknown>>[Name];
type Apply<Name extends ChangeName> = (
  config: WalletConfig,
  payload: Payload<Name>,
) => Changed | Refused;

const appliers: { readonly [Name in ChangeName]: Apply<Name> } = {
  AddSigner: (config, signer) => grant(config, 'signer', signer),
  RemoveSigner: (config, who) => revokeRole(config, 'signer', who),
  ReplaceSigner: (config, { old, with: signer }) => {
    // The one is added first, so that the wallet has a signer at every step.
    const granted = grant(config, 'signer', signer);
    if ('Err' in granted) return granted;
    const revoked = revokeRole(granted.config, 'signer', old);
    if ('Err' in revoked) return revoked;
    return { config: revoked.config, effects: [...granted.effects, ...revoked.effects] };
  },
  AddObserver: (config, who) => grant(config, 'observer', { who, name: null }),
  RemoveObserver: (config, who) => revokeRole(config, 'observer', who),
  AddProposer: (config, who) => grant(config, 'proposer', { who, name: null }),
  RemoveProposer: (config, who) => revokeRole(config, 'proposer', who),
  AddGuardian: (config, who) => grant(config, 'guardian', { who, name: null }),
  RemoveGuardian: (config, who) => revokeRole(config, 'guardian', who),
  SetThreshold: (config, threshold) => only({ ...config, threshold }),
  SetTimelock: (config, timelock) => only({ ...config, timelock }),
  SetLifetime: (config, lifetime) => only({ ...config, lifetime }),
  SetAutoExecute: (config, autoExecute) => only({ ...config, autoExecute }),
  SetRules: (config, rules) => only({ ...config, rules }),
  SetLimit: (config, limit) =>
    only({ ...config, limits: [...without(config.limits, limit.ledger), limit] }),
  RemoveLimit: (config, ledger) => {
    const limits = without(config.limits, ledger);
    if (limits.length === config.limits.length) return configErrors.limit_unknown();
    return only({ ...config, limits });
  },
  SetRecovery: (config, { recovery }) => only({ ...config, recovery }),
  SetVisibility: (config, isPublic) => only(config, { Visibility: isPublic }),
  SetAutoUpdate: (config, allowed) => only(config, { AutoUpdate: allowed }),
  Rename: (config, { name, description }) => {
    const refused = refuseNames(name, description);
    return refused ?? only({ ...config, name, description: description ?? '' });
  },
  Unpause: (config) => {
    if (config.paused === null) return configErrors.not_paused();
    return only({ ...config, paused: null }, { Paused: false });
  },
};

/** The name of a change. */
export function changeName(change: Change): ChangeName {
  return Object.keys(change)[0] as ChangeName;
}

/** The wallet after a change, or why the change is refused: it would break a limit or leave nobody able to act. */
export function applyChange(config: WalletConfig, change: Change): Changed | Refused {
  const name = changeName(change);
  const apply = appliers[name] as (config: WalletConfig, payload: unknown) => Changed | Refused;
  const changed = apply(config, (change as Record<string, unknown>)[name]);
  if ('Err' in changed) return changed;
  const next = { ...changed.config, revision: config.revision + 1 };
  return refuseConfig(next) ?? { config: next, effects: changed.effects };
}

/** Why a wallet may not be called so, or `null`. */
export function refuseNames(name: string, description: string | null): Refused | null {
  const length = utf8Length(name);
  if (length === 0 || length > WALLET_LIMITS.name) {
    return configErrors.name_length({ length, max: WALLET_LIMITS.name });
  }
  return (
    refuseLine('name', name, WALLET_LIMITS.name) ??
    refuseText('description', description ?? '', WALLET_LIMITS.description)
  );
}

function only(config: WalletConfig, ...effects: readonly Effect[]): Changed {
  return { config, effects };
}

function without(limits: readonly Limit[], ledger: Uint8Array): Limit[] {
  return limits.filter((limit) => !equal(limit.ledger, ledger));
}
