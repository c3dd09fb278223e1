import { ok, type Result } from '@fabrica/core';
import { binary } from '@fabrica/core/store';

import { tokenErrors } from '../errors.ts';
import type { TokenInit } from '../order-schema.ts';
import type { Account } from '../standards.ts';
import { accountKey, sameAccount } from './account.ts';
import { MAX_AMOUNT } from './amount.ts';
import { isAnonymous, isMalformed } from './request.ts';
import { utf8Length } from './utf8-length.ts';

/** Limits of a token order; lengths in bytes of UTF-8. */
export const ORDER_LIMITS = Object.freeze({
  name: 64,
  symbol: 16,
  decimals: 18,
  logo: 32_768,
  description: 1_000,
  website: 200,
  initialBalances: 100,
  /** Fewest blocks that a ledger keeps, and that an archive takes. */
  archiveBlocks: 32,
});

/** Spaces at an end, control characters, and the marks that turn the direction of text to deceive. */
const DECEPTIVE = /^\s|\s$|[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const HTTPS = /^https:\/\/[^\s/]\S*$/;
const LOGO = /^(data:image\/[^\s,]+,|https:\/\/)\S+$/;

const passed: Result<null> = Object.freeze(ok(null));

/** Checks an order field by field, in the order of its schema; answers the first fault. */
export function validateOrder(order: TokenInit): Result<null> {
  for (const rule of [validateTexts, validateNumbers, validateAccounts, validateBalances]) {
    const result = rule(order);
    if ('Err' in result) return result;
  }
  return passed;
}

function validateTexts({ name, symbol, logo, description, website }: TokenInit): Result<null> {
  const nameLength = utf8Length(name);
  if (nameLength === 0 || nameLength > ORDER_LIMITS.name) {
    return tokenErrors.name_length({ length: nameLength, max: ORDER_LIMITS.name });
  }
  if (DECEPTIVE.test(name)) return tokenErrors.name_characters();
  const symbolLength = utf8Length(symbol);
  if (symbolLength === 0 || symbolLength > ORDER_LIMITS.symbol) {
    return tokenErrors.symbol_length({ length: symbolLength, max: ORDER_LIMITS.symbol });
  }
  if (DECEPTIVE.test(symbol) || /\s/.test(symbol)) return tokenErrors.symbol_characters();
  if (logo !== null) {
    const length = utf8Length(logo);
    if (length === 0 || length > ORDER_LIMITS.logo) {
      return tokenErrors.logo_length({ length, max: ORDER_LIMITS.logo });
    }
    if (!LOGO.test(logo)) return tokenErrors.logo_form();
  }
  if (description !== null) {
    const length = utf8Length(description);
    if (length === 0 || length > ORDER_LIMITS.description) {
      return tokenErrors.description_length({ length, max: ORDER_LIMITS.description });
    }
  }
  if (website !== null) {
    const length = utf8Length(website);
    if (length > ORDER_LIMITS.website) {
      return tokenErrors.website_length({ length, max: ORDER_LIMITS.website });
    }
    if (!HTTPS.test(website)) return tokenErrors.website_form();
  }
  return passed;
}

function validateNumbers({ decimals, fee, maxSupply, archive }: TokenInit): Result<null> {
  if (archive !== null && Math.min(archive.keep, archive.capacity) < ORDER_LIMITS.archiveBlocks) {
    return tokenErrors.archive_range({ min: ORDER_LIMITS.archiveBlocks });
  }
  if (decimals > ORDER_LIMITS.decimals) {
    return tokenErrors.decimals_range({ decimals, max: ORDER_LIMITS.decimals });
  }
  if (fee > MAX_AMOUNT) return tokenErrors.fee_range({ max: MAX_AMOUNT });
  if (maxSupply !== null && (maxSupply === 0n || maxSupply > MAX_AMOUNT)) {
    return tokenErrors.max_supply_range({ max: MAX_AMOUNT });
  }
  return passed;
}

function validateAccounts({ minter, feeCollector, pauser }: TokenInit): Result<null> {
  if (pauser !== null && isAnonymous(pauser)) return tokenErrors.pauser_anonymous();
  if (minter !== null) {
    if (isMalformed(minter.subaccount)) {
      return tokenErrors.minter_subaccount({ length: subaccountLength(minter) });
    }
    if (isAnonymous(minter.owner)) return tokenErrors.minter_anonymous();
  }
  if (feeCollector !== null) {
    if (isMalformed(feeCollector.subaccount)) {
      return tokenErrors.fee_collector_subaccount({ length: subaccountLength(feeCollector) });
    }
    if (minter !== null && sameAccount(minter, feeCollector)) {
      return tokenErrors.fee_collector_mints();
    }
  }
  return passed;
}

function validateBalances({ initialBalances, maxSupply, minter }: TokenInit): Result<null> {
  const count = initialBalances.length;
  const most = ORDER_LIMITS.initialBalances;
  if (count > most) return tokenErrors.balances_count({ count, max: most });
  if (count === 0 && minter === null) return tokenErrors.no_supply();

  const seen = new Set<string>();
  let supply = 0n;
  for (const [position, { account, amount }] of initialBalances.entries()) {
    if (isMalformed(account.subaccount)) {
      return tokenErrors.balance_subaccount({ position, length: subaccountLength(account) });
    }
    if (amount === 0n) return tokenErrors.balance_zero({ position });
    if (minter !== null && sameAccount(minter, account)) {
      return tokenErrors.balance_of_minter({ position });
    }
    const name = binary(accountKey(0, account));
    if (seen.has(name)) return tokenErrors.balance_repeated({ position });
    seen.add(name);
    supply += amount;
  }
  const max = maxSupply ?? MAX_AMOUNT;
  return supply > max ? tokenErrors.supply_above_maximum({ supply, max }) : passed;
}

function subaccountLength({ subaccount }: Account): number {
  return subaccount === null ? 0 : subaccount.length;
}
