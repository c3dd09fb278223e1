import { c, type Infer } from '../../candid/index.ts';
import { ContractInfo } from '../../factory/types.ts';

/** What the directory keeps of a contract. */
export const ContractRecord = c.record({
  info: ContractInfo,
  /** Number of the contract's event that is expected next. */
  nextEvent: c.nat64,
  /** How many principals have a role in it, its creator included. */
  members: c.nat32,
  /** True once the contract reported that it runs. */
  confirmed: c.bool,
});
export type ContractRecord = Infer<typeof ContractRecord>;
