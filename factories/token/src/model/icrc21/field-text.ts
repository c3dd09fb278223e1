import type { ConsentField } from '../../icrc21-schema.ts';

/** A field as a user reads it. Times are in UTC. */
export function fieldText(field: ConsentField): string {
  if ('Text' in field) return field.Text.content;
  if ('TimestampSeconds' in field) return timeText(field.TimestampSeconds.amount);
  if ('DurationSeconds' in field) return `${field.DurationSeconds.amount} seconds`;
  const { amount, decimals, symbol } = field.TokenAmount;
  return `${decimalText(amount, decimals)} ${symbol}`;
}

/** An amount of smallest units as a decimal number, without zeros at its end. */
export function decimalText(amount: bigint, decimals: number): string {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Seconds since the epoch as an ISO 8601 time; beyond the calendar's year 9999 as their number. */
function timeText(seconds: bigint): string {
  if (seconds > 253_402_300_799n) return `${seconds} seconds since 1970`;
  const [days, rest] = [Number(seconds / 86_400n), Number(seconds % 86_400n)];
  const [year, month, day] = civil(days);
  const two = (part: number): string => String(part).padStart(2, '0');
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(two).join(':');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}Z`;
}

/**
 * Year, month and day of a day since the epoch, in the proleptic Gregorian calendar, by counting eras of
 * 400 years from 1 March of year 0. https://howardhinnant.github.io/date_algorithms.html#civil_from_days
 */
function civil(days: number): [year: number, month: number, day: number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const moved = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * moved + 2) / 5) + 1;
  const month = moved < 10 ? moved + 3 : moved - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}
