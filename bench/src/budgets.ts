import { readFileSync } from 'node:fs';
import { budgetsOfFactories } from './factories.ts';
import type { Figure } from './figure.ts';

type Limits = Readonly<Record<string, number>>;

/** What figures should be at most, by name. */
export const budgets: Limits = { ...read('budgets.json'), ...(await budgetsOfFactories()) };

/**
 * Of budgets that are not met yet: what the figure may be meanwhile, so that it can only get better. An entry
 * goes when its budget is met; a test insists on it.
 */
export const ceilings = read('ceilings.json');

/** One figure is to be at most `limit` times another: what must not grow with the data. */
export interface Growth {
  readonly of: string;
  readonly to: string;
  readonly limit: number;
}

/** What must not grow, and by how much it may; and of what one backend for everything takes, how much we may. */
export const growths: readonly Growth[] = [
  { of: 'core.my-contracts-100000', to: 'core.my-contracts-1000', limit: 1.2 },
  { of: 'core.my-contracts-of-10000', to: 'core.my-contracts-100000', limit: 1.2 },
  { of: 'core.index-add-10000', to: 'core.index-add-10', limit: 1.2 },
  { of: 'core.factory-upgrade-100000', to: 'core.factory-upgrade-empty', limit: 1.2 },
  { of: 'storage.append-10000', to: 'storage.append-10', limit: 1.2 },
  { of: 'storage.append-100000', to: 'storage.append-10', limit: 1.2 },
  { of: 'gateway.stable-bytes-10000', to: 'monolith.stable-bytes-10000', limit: 0.05 },
  { of: 'gateway.dashboard-10000', to: 'monolith.dashboard-10000', limit: 0.2 },
];

/** The budget and the growths that a figure breaks, each in a sentence; none if all is well. */
export function complaints(figures: readonly Figure[], limits: Limits = budgets): string[] {
  const values = new Map(figures.map(({ name, value }) => [name, value]));
  const found: string[] = [];
  for (const { name, value } of figures) {
    const budget = limits[name];
    const ceiling = ceilings[name];
    const most = ceiling ?? budget;
    if (most !== undefined && value > most) found.push(`${name} is ${value}, at most ${most}`);
    if (ceiling !== undefined && budget !== undefined && value <= budget) {
      found.push(`${name} meets its budget: take it out of bench/ceilings.json`);
    }
  }
  for (const { of, to, limit } of growths) {
    const [larger, smaller] = [values.get(of), values.get(to)];
    if (larger === undefined || smaller === undefined) continue;
    const most = ceilings[`${of}/${to}`] ?? limit;
    const ratio = larger / smaller;
    if (ratio > most) found.push(`${of} is ${ratio.toFixed(2)} times ${to}, at most ${most}`);
  }
  return found;
}

function read(name: string): Limits {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')) as Limits;
}
