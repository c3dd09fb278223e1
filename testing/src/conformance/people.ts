import { createIdentity } from '@hadronous/pic';
import { peopleOf, type People } from './options.ts';
import { OTHER } from './stage.ts';

/** The people of an order that nobody sends. */
export function newPeople(): People {
  return peopleOf(createIdentity('owner').getPrincipal(), OTHER);
}
