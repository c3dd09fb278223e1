/** Errors as values: codes that are contracts, texts that say what to do. */
export {
  defineErrors,
  joinErrors,
  type ErrorDescriptor,
  type ErrorTable,
  type MakeRefusal,
} from './define-errors.ts';
export { ok, Refusal, type Refused, type Result } from './refusal.ts';
export { coreErrors } from './core-errors.ts';
