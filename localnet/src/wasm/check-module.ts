import { LIMITS, PAGE_BYTES } from './limits.ts';
import type { ModuleInfo, Signature } from './module-info.ts';
import { Section } from './module-info.ts';
import { ModuleRefused } from './module-refused.ts';

const NUMERIC = new Set(['i32', 'i64', 'f32', 'f64']);

/** Refuses a module that breaks a limit or rule of the replica, exports apart. */
export function checkModule(info: ModuleInfo): void {
  const code = info.sections.get(Section.code);
  const codeSize = code ? code.end - code.start : 0;
  if (codeSize > LIMITS.codeSectionBytes) {
    throw new ModuleRefused(
      `Wasm module code section size of ${codeSize} exceeds the maximum allowed size of ${LIMITS.codeSectionBytes}.`,
    );
  }
  checkGlobals(info);
  atMost(info.functions.length - info.importedFunctions, LIMITS.functions, 'functions');
  checkData(info);
}

/** The replica's text for too many of something. */
export function atMost(defined: number, allowed: number, what: string): void {
  if (defined <= allowed) return;
  throw new ModuleRefused(
    `Wasm module defined ${defined} ${what} which exceeds the maximum number allowed ${allowed}.`,
  );
}

/** Type of a function, by its index among all functions. */
export function signatureOf(info: ModuleInfo, index: number): Signature {
  return info.types[info.functions[index]!]!;
}

function checkGlobals(info: ModuleInfo): void {
  atMost(info.globals.length, LIMITS.globals, 'globals');
  for (const { type } of info.globals) {
    if (NUMERIC.has(type)) continue;
    throw new ModuleRefused(
      `Wasm module has an invalid global section. Unsupported global type: ${type}`,
    );
  }
}

/** Active segments must fit the memory as it is at birth, or instantiation would trap. */
function checkData(info: ModuleInfo): void {
  const size = BigInt(info.memory?.initial ?? 0) * BigInt(PAGE_BYTES);
  for (const { offset, length } of info.activeData) {
    if (offset + BigInt(length) <= size) continue;
    throw new ModuleRefused(`Wasm module has invalid data segment of ${length} bytes at ${offset}`);
  }
}
