/** What is used of the compiler, whose own types say `any`. */
interface Compiler {
  readonly compiler: { gcFlags(strategy: 'classicOP'): void };
  write(path: string, source: string): void;
  wasm(path: string, mode: 'ic'): { readonly wasm: Uint8Array };
}

let loaded: Promise<Compiler> | undefined;

/**
 * Compiles a Motoko actor to a canister module: tests take canisters that misbehave, and canisters that only pass
 * messages on, from another language than the system's own.
 */
export async function compileMotoko(source: string): Promise<Uint8Array> {
  loaded ??= load();
  const compiler = await loaded;
  compiler.write('Main.mo', source);
  return new Uint8Array(compiler.wasm('Main.mo', 'ic').wasm);
}

/** Loaded when it is first needed: it is 6 MB of JavaScript, and the launcher shares this package. */
async function load(): Promise<Compiler> {
  const compiler = (await import('motoko')).default as unknown as Compiler;
  // Classical persistence: 32-bit memory, which Node runs without flags.
  compiler.compiler.gcFlags('classicOP');
  return compiler;
}
