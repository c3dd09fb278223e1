import { badRequest } from '../../web/request-error.ts';
import type { Operation } from '../operations.ts';

/** Reading and forgetting the execution log. */
export const EXECUTION_OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET _/executions': ({ network, query }) => {
    const { first, records, next } = network.executions.since(readNumber(query));
    const canister = query.get('canister');
    const numbered = records.map((record, index) => ({ number: first + index, ...record }));
    const executions = numbered.filter(
      (record) => (canister ?? record.canister) === record.canister,
    );
    return { executions, next };
  },

  'DELETE _/executions': ({ network }) => {
    network.executions.clear();
    return null;
  },
};

/** `since` of a query; 0 if absent. */
function readNumber(query: URLSearchParams): number {
  const text = query.get('since') ?? '0';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest(`since must be a whole number, not ${text}.`);
}
