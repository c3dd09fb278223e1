import { contractErrors, type Refused, type Result } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { templateErrors } from '../../errors.ts';
import { isMember, withMember, withoutMember, type MemberList } from '../../model/members.ts';
import { ROLES, type Role } from '../../roles.ts';
import { base } from './base.ts';
import { members } from './state.ts';

/** The members of a role, oldest first. */
export function membersOf(role: Role): MemberList {
  return members.get(keyOf(role)) ?? [];
}

/** Gives the members of a newborn contract their roles; the factory has indexed them. */
export function appoint(role: Role, first: MemberList): void {
  members.set(keyOf(role), first);
}

/** Adds somebody to a role, by the owner; the factory learns of it. */
export function admit(role: Role, user: Uint8Array, context: Context): Result<null> {
  const refused = refuseNonOwner(context);
  if (refused !== null) return refused;
  const changed = withMember(role, membersOf(role), user);
  if ('Err' in changed) return changed;
  members.set(keyOf(role), changed.Ok);
  base.notify({ RoleAdded: { role, user } });
  return { Ok: null };
}

/** Takes somebody's role away, by the owner; the factory learns of it. */
export function dismiss(role: Role, user: Uint8Array, context: Context): Result<null> {
  const refused = refuseNonOwner(context);
  if (refused !== null) return refused;
  const changed = withoutMember(role, membersOf(role), user);
  if ('Err' in changed) return changed;
  members.set(keyOf(role), changed.Ok);
  base.notify({ RoleRemoved: { role, user } });
  return { Ok: null };
}

/** Why the caller may not do what only members of a role may, or `null`. */
export function refuseNonMember(role: Role, { caller }: Context): Refused | null {
  return isMember(membersOf(role), caller) ? null : templateErrors.role_required({ role });
}

function refuseNonOwner({ caller }: Context): Refused | null {
  return equal(base.identity.get().owner, caller) ? null : contractErrors.not_the_owner();
}

function keyOf(role: Role): Uint8Array {
  return Uint8Array.of(ROLES.indexOf(role));
}
