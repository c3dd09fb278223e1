import { defineErrors } from '@fabrica/core';

/** Why an order or a call is refused. Codes are contracts: add, never change. */
export const templateErrors = defineErrors('template', {
  name_length: {
    message: 'The name has {length} bytes.',
    action: 'Choose a name of 1 to {max} bytes.',
  },
  text_length: {
    message: 'The field {field} has {length} bytes.',
    action: 'Send at most {max} bytes.',
  },
  too_many_members: {
    message: 'The order names {count} members.',
    action: 'Name at most {max}; add the others once the contract runs.',
  },
  member_twice: {
    message: 'Somebody is named twice as {role}.',
    action: 'Name everybody once in each role.',
  },
  already_member: {
    message: 'This principal is {role} already.',
    action: 'Nothing needs to be done.',
  },
  not_a_member: {
    message: 'This principal is not {role}.',
    action: 'Name one of those whom the contract lists in that role.',
  },
  members_full: {
    message: 'The contract has {max} of {role}, and takes no more.',
    action: 'Remove somebody first.',
  },
  role_required: {
    message: 'Only {role} may do this.',
    action: 'Have the owner of the contract give you the role.',
  },
});
