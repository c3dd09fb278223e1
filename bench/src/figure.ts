/** What a figure counts. */
export type Unit = 'instructions' | 'bytes';

/** One measured figure. */
export interface Figure {
  /** `<package>.<case>`, as in `budgets.json`. */
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
}

/** A group of cases that share a set-up. */
export interface CaseGroup {
  readonly name: string;
  /** True if the set-up takes longer than a test should. */
  readonly heavy: boolean;
  run(): Promise<Figure[]>;
}

export const instructions = (name: string, value: number): Figure => ({
  name,
  value,
  unit: 'instructions',
});

export const bytes = (name: string, value: number): Figure => ({ name, value, unit: 'bytes' });
