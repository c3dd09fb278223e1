import { IDL } from '@dfinity/candid';
import { unrolled } from './parse-did.ts';

/**
 * Which way a value travels: to the canister, so that what callers send must still be taken, or back, so that
 * what they get must still be what they know.
 */
export type Way = 'argument' | 'result';

/** What is wrong between two versions of a type, and what is lawful and still worth a look. */
export interface Findings {
  readonly breaking: string[];
  readonly notes: string[];
}

/**
 * Says where `sent` is no subtype of `taken`, in words; the verdict itself is `IDL.subtype`'s.
 *
 * @param path where the two stand, such as `transfer, argument 1`.
 * @param findings is added to.
 * @param seen pairs under comparison, as types may contain themselves.
 */
export function findMismatches(
  sent: IDL.Type,
  taken: IDL.Type,
  path: string,
  way: Way,
  findings: Findings,
  seen = new Set<string>(),
): void {
  const [from, to] = [unrolled(sent), unrolled(taken)];
  if (from.name === to.name || seen.has(`${from.name} ${to.name}`)) return;
  seen.add(`${from.name} ${to.name}`);
  const inside = (a: IDL.Type, b: IDL.Type, step: string): void =>
    findMismatches(a, b, `${path}${step}`, way, findings, seen);

  if (to instanceof IDL.OptClass) {
    const inner = from instanceof IDL.OptClass ? from._type : from;
    if (from instanceof IDL.NullClass || from instanceof IDL.ReservedClass) return;
    // Lawful whatever is inside: what does not fit is read as null.
    if (!IDL.subtype(inner, to._type)) {
      findings.notes.push(`${path}: read as null where it is ${shown(from)} for ${shown(to)}`);
    }
    return;
  }
  if (IDL.subtype(from, to)) return;
  if (from instanceof IDL.VecClass && to instanceof IDL.VecClass) {
    inside(from._type, to._type, '[]');
  } else if (from instanceof IDL.RecordClass && to instanceof IDL.RecordClass) {
    const known = new Map(from._fields);
    for (const [label, type] of to._fields) {
      const field = known.get(label);
      if (field !== undefined) inside(field, type, `.${label}`);
      else if (!canBeAbsent(type)) {
        const text = way === 'argument' ? 'is asked for now' : 'is no longer answered';
        findings.breaking.push(`${path}.${label}: ${text}`);
      }
    }
  } else if (from instanceof IDL.VariantClass && to instanceof IDL.VariantClass) {
    const known = new Map(to._fields);
    for (const [label, type] of from._fields) {
      const alternative = known.get(label);
      if (alternative !== undefined) inside(type, alternative, `#${label}`);
      else {
        const text =
          way === 'argument' ? 'is no longer taken' : 'is answered now, and nobody knows it';
        findings.breaking.push(`${path}#${label}: ${text}`);
      }
    }
  } else {
    const [before, now] = way === 'argument' ? [from, to] : [to, from];
    findings.breaking.push(`${path}: ${shown(now)}, was ${shown(before)}`);
  }
}

/** True if a value that lacks it is read as null. */
export function canBeAbsent(type: IDL.Type): boolean {
  const plain = unrolled(type);
  return [IDL.OptClass, IDL.NullClass, IDL.ReservedClass].some((kind) => plain instanceof kind);
}

/** A type in a few words. */
function shown(type: IDL.Type): string {
  const text = type.display();
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
