import { existsSync, readdirSync } from 'node:fs';
import type { CaseGroup } from './figure.ts';

const FACTORIES = new URL('../../factories/', import.meta.url);

/** The benches that factory packages bring along, in `bench/cases.ts`; tests of the packages hold them. */
export async function groupsOfFactories(): Promise<CaseGroup[]> {
  const found = await modulesOfFactories('cases.ts');
  return found.map((module) => (module as { cases: CaseGroup }).cases);
}

/** Their budgets, by the names of figures. */
export async function budgetsOfFactories(): Promise<Readonly<Record<string, number>>> {
  const found = await modulesOfFactories('budgets.ts');
  const all = found.map((module) => (module as { budgets: Record<string, number> }).budgets);
  return Object.assign({}, ...all) as Record<string, number>;
}

function modulesOfFactories(name: string): Promise<unknown[]> {
  const files = readdirSync(FACTORIES)
    .map((folder) => new URL(`${folder}/bench/${name}`, FACTORIES))
    .filter((file) => existsSync(file));
  return Promise.all(files.map((file) => import(file.href) as Promise<unknown>));
}
