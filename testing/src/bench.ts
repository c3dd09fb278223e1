/** What the benches of a factory package are made of, and what its test holds them by. */
export {
  bytes,
  complaints,
  instructions,
  Lab,
  OPERATOR,
  principal,
  type CaseGroup,
  type Figure,
} from '../../bench/src/lab/index.ts';
