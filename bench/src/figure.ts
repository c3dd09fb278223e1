/** What a figure counts. */
export type Unit = 'instructions' | 'bytes' | 'microseconds' | 'percent';

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

/** Time that passes, or that the processor spends: depends on the machine, so no test holds it. */
export const microseconds = (name: string, value: number): Figure => ({
  name,
  value: Math.round(value),
  unit: 'microseconds',
});

/** One figure as a share of another. */
export const percent = (name: string, value: number): Figure => ({
  name,
  value: Math.round(value),
  unit: 'percent',
});

export const bytes = (name: string, value: number): Figure => ({ name, value, unit: 'bytes' });
