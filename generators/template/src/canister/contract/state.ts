import { Cell, stored, Table } from '@fabrica/core/store';

import { Activity } from '../../model/activity.ts';
import { Members, TemplateInit } from '../../order-schema.ts';
import { space } from './memory.ts';

/** The order this contract was made from. */
export const order = new Cell(space.order, stored(1, TemplateInit));

/** Members by the position of their role. */
export const members = new Table(space.members, stored(1, Members));

/** What was done. */
export const activity = new Cell(space.activity, stored(1, Activity), []);
