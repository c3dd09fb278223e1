import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ROLES } from '../roles.ts';
import { LIMITS } from './limits.ts';
import { isMember, withMember, withoutMember, type MemberList } from './members.ts';
import { someone } from './testing.ts';

const [role] = ROLES;
const changes = fc.array(fc.record({ add: fc.boolean(), who: fc.integer({ min: 0, max: 9 }) }));

test('after any changes, those are members who were added last and not removed', () => {
  fc.assert(
    fc.property(changes, (steps) => {
      let members: MemberList = [];
      const expected = new Set<number>();
      for (const { add, who } of steps) {
        const change = add ? withMember : withoutMember;
        const changed = change(role, members, someone(`member ${who}`));
        expect('Ok' in changed).toBe(add !== expected.has(who));
        if ('Ok' in changed) members = changed.Ok;
        if (add) expected.add(who);
        else expected.delete(who);
      }
      expect(members).toHaveLength(expected.size);
      for (const who of expected) expect(isMember(members, someone(`member ${who}`))).toBe(true);
    }),
  );
});

test('a role that is full takes nobody more', () => {
  const full = Array.from({ length: LIMITS.membersOfRole }, (_, at) => someone(`member ${at}`));
  expect(withMember(role, full, someone('one more'))).toMatchObject({
    Err: { code: 'template.members_full' },
  });
});
