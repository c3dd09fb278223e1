import type { Result } from '@fabrica/core';
import { equal } from '@fabrica/core/store';

import { templateErrors } from '../errors.ts';
import type { Role } from '../roles.ts';
import { LIMITS } from './limits.ts';

/** The members of one role, oldest first. */
export type MemberList = readonly Uint8Array[];

/** True if somebody is on the list. */
export function isMember(members: MemberList, who: Uint8Array): boolean {
  return members.some((member) => equal(member, who));
}

/** The list with somebody more. */
export function withMember(role: Role, members: MemberList, who: Uint8Array): Result<MemberList> {
  if (isMember(members, who)) return templateErrors.already_member({ role });
  if (members.length >= LIMITS.membersOfRole) {
    return templateErrors.members_full({ role, max: LIMITS.membersOfRole });
  }
  return { Ok: [...members, who] };
}

/** The list without somebody. */
export function withoutMember(
  role: Role,
  members: MemberList,
  who: Uint8Array,
): Result<MemberList> {
  if (!isMember(members, who)) return templateErrors.not_a_member({ role });
  return { Ok: members.filter((member) => !equal(member, who)) };
}
