import { IDL } from '@dfinity/candid';
import { canBeAbsent, findMismatches, type Findings } from './mismatches.ts';
import { parseDid, type Interface } from './parse-did.ts';

/** What a new interface is to those who know the old one. */
export interface Comparison {
  /** Each change that breaks a caller, in a sentence; none if the new interface takes the old one's place. */
  readonly breaking: readonly string[];
  /** Lawful changes that deserve a look: values that are read as null now. */
  readonly notes: readonly string[];
  /** Methods that are new. */
  readonly added: readonly string[];
}

/**
 * Compares two `.did` texts by Candid's subtyping: every old method is there, takes what it took, and answers
 * what is known. What it is installed with is held to the same rule, for factories made before install with it.
 *
 * Source: https://github.com/dfinity/candid/blob/master/spec/Candid.md#upgrading-and-subtyping
 *
 * @throws SyntaxError if a text is no interface.
 */
export function compareInterfaces(before: string, after: string): Comparison {
  const [was, is] = [parseDid(before), parseDid(after)];
  const findings: Findings = { breaking: [], notes: [] };
  compareLists(was.init, is.init, 'installation', 'argument', findings);
  for (const [name, old] of was.methods) {
    const now = is.methods.get(name);
    if (now === undefined) findings.breaking.push(`${name}: is gone`);
    else compareMethods(name, old, now, findings);
  }
  const added = [...is.methods.keys()].filter((name) => !was.methods.has(name));
  return { ...findings, added };
}

function compareMethods(name: string, was: IDL.FuncClass, is: IDL.FuncClass, findings: Findings) {
  const said = findings.breaking.length;
  const modes = [was, is].map(({ annotations }) => annotations.join(' ') || 'update');
  if (modes[0] !== modes[1]) findings.breaking.push(`${name}: is ${modes[1]}, was ${modes[0]}`);
  compareLists(was.argTypes, is.argTypes, name, 'argument', findings);
  compareLists(is.retTypes, was.retTypes, name, 'result', findings);
  const silent = findings.breaking.length === said;
  if (silent && !IDL.subtype(is, was)) {
    findings.breaking.push(`${name}: ${is.display()}, was ${was.display()}`);
  }
}

/** Lists are records of positions: what is taken beyond what is sent must be able to be absent. */
function compareLists(
  sent: Interface['init'],
  taken: Interface['init'],
  name: string,
  way: 'argument' | 'result',
  findings: Findings,
): void {
  taken.forEach((type, at) => {
    const path = `${name}, ${way} ${at + 1}`;
    const found = sent[at];
    if (found !== undefined) findMismatches(found, type, path, way, findings);
    else if (!canBeAbsent(type)) {
      findings.breaking.push(`${path}: ${way === 'argument' ? 'is asked for now' : 'is gone'}`);
    }
  });
}
