import { createRequire } from 'node:module';
import { compileMotoko } from '@fabrica/testing';

/** Compiles a Motoko actor that uses the `core` library. */
export async function compilePeer(source: string): Promise<Uint8Array> {
  const { default: compiler } = (await import('motoko')) as unknown as { default: Compiler };
  const require = createRequire(import.meta.url);
  compiler.loadPackage(require('motoko/packages/latest/core.json') as object);
  return compileMotoko(source);
}

interface Compiler {
  loadPackage(contents: object): void;
}
