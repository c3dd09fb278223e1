import { c, type Infer } from '@fabrica/core/candid';

/** ICRC-1's account: a principal and one of its subaccounts; none means the default one. */
export const Account = c.named(
  'Account',
  c.record({ owner: c.principal, subaccount: c.opt(c.blob({ max: 32 })) }),
);
export type Account = Infer<typeof Account>;
