import type { Refused } from '@fabrica/core';
import { equal } from '@fabrica/core/store';

import { configErrors } from '../../config-errors.ts';
import type { NamedSigner } from '../../schemas/order.ts';
import type { Member, Role, Roles, WalletConfig } from '../../schemas/wallet.ts';
import { refuseLine } from '../text.ts';
import type { Effect } from './effects.ts';
import { WALLET_LIMITS } from './limits.ts';
import { rosterOf } from './roster.ts';

/** A wallet as it would be, and who must hear of it. */
export interface Changed {
  readonly config: WalletConfig;
  readonly effects: readonly Effect[];
}

const ANONYMOUS = 4;

/** True for a principal that can sign messages of its own. */
export function canAct(who: Uint8Array): boolean {
  return who.length > 0 && who.length <= 29 && !(who.length === 1 && who[0] === ANONYMOUS);
}

/** The wallet with `who` in `role`, or why not. */
export function grant(
  config: WalletConfig,
  role: Role,
  { who, name }: NamedSigner,
): Changed | Refused {
  if (!canAct(who)) return configErrors.member_invalid({ role });
  const refused = refuseLine('name of a member', name ?? '', WALLET_LIMITS.memberName);
  if (refused !== null) return refused;
  const known = rosterOf(config).find(who);
  if (known?.roles[role] === true) return configErrors.member_repeated({ role });
  const roles: Roles = { ...(known?.roles ?? nobody), [role]: true };
  const member = { who, roles, name: name ?? known?.name ?? '' };
  return { config: put(config, known, member, votes(role)), effects: tell('RoleAdded', role, who) };
}

/** The wallet without `who` in `role`, or why not. Somebody without any role is no member. */
export function revokeRole(config: WalletConfig, role: Role, who: Uint8Array): Changed | Refused {
  const known = rosterOf(config).find(who);
  if (known === null || !known.roles[role]) return configErrors.not_in_role({ role });
  const roles: Roles = { ...known.roles, [role]: false };
  const left = roles.signer || roles.proposer || roles.observer || roles.guardian;
  const changed = left
    ? put(config, known, { ...known, roles }, votes(role))
    : { ...config, members: config.members.filter((member) => member !== known) };
  return { config: changed, effects: tell('RoleRemoved', role, who) };
}

const nobody: Roles = { signer: false, proposer: false, observer: false, guardian: false };

/** Votes given in one capacity must not count in another, so these roles come with a new serial. */
const votes = (role: Role): boolean => role === 'signer' || role === 'guardian';

function put(
  config: WalletConfig,
  known: Member | null,
  { who, roles, name }: Omit<Member, 'serial'>,
  anew: boolean,
): WalletConfig {
  const { members, nextSerial } = config;
  const fresh = anew || known === null;
  const member: Member = { who, roles, name, serial: fresh ? nextSerial : known.serial };
  return {
    ...config,
    nextSerial: fresh ? nextSerial + 1 : nextSerial,
    members:
      known === null
        ? [...members, member]
        : members.map((one) => (equal(one.who, who) ? member : one)),
  };
}

function tell(event: 'RoleAdded' | 'RoleRemoved', role: Role, user: Uint8Array): Effect[] {
  if (role !== 'signer' && role !== 'observer') return [];
  return [event === 'RoleAdded' ? { RoleAdded: { role, user } } : { RoleRemoved: { role, user } }];
}
