import { c, type Infer } from '@fabrica/core/candid';

/** 32 bytes that name one of a principal's accounts; longer ones are decoded so that a rule can refuse them. */
export const Subaccount = c.opt(c.blob({ max: 64 }));

/** ICRC-1's account: a principal and one of its subaccounts; none means the default one. */
export const Account = c.named('Account', c.record({ owner: c.principal, subaccount: Subaccount }));
export type Account = Infer<typeof Account>;
