import { Heights } from '../../model/look-up/heights.ts';

/** What ledgers told of their heights. */
export const heights = new Heights();
