/** The names of a variant's alternatives. */
export type Alternatives<Variant> = Variant extends unknown ? keyof Variant & string : never;
