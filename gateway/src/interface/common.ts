import { Refusal } from '@fabrica/core';
import { c } from '@fabrica/core/candid';

/** Rows of one page, at most. */
export const MAX_PAGE = 50;

/** Names: of factories, settings, parts. */
export const Text = c.text({ max: 64 });

/** Read with room to spare, so that one a little too long gets the refusal that says so. */
export const RequestId = c.blob({ max: 1_000 });

/** The answer of what is done or refused. */
export const done = c.result(c.null, Refusal);
