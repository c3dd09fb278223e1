import type { ErrorCodeName } from './codes.ts';
import { rejection, type Rejection } from './rejection.ts';

const DOCS = 'https://internetcomputer.org/docs/current/references/execution-errors#';
const HANDLE =
  'Consider gracefully handling failures from this canister or altering the canister to handle exceptions.';
const TOOLCHAIN =
  'If you are running this canister in a test environment (e.g., dfx), make sure the test environment is up to date. ' +
  'Otherwise, this is likely an error with the compiler/CDK toolchain being used to build the canister. ' +
  'Please report the error to IC devs on the forum: https://forum.dfinity.org and include which language/CDK was used to create the canister.';

/**
 * A message that failed while running. Thrown through the module's frames by the system API, or
 * made from the engine's own trap. `text` follows "Error from Canister <id>: ".
 */
export class Trap extends Error {
  override readonly name = 'Trap';
  readonly error: ErrorCodeName;
  readonly help: string;

  constructor(error: ErrorCodeName, text: string, help = '') {
    super(text);
    this.error = error;
    this.help = help;
  }

  /** The rejection that a caller of `canister` (in text) gets. */
  rejectionFrom(canister: string): Rejection {
    const help = this.help === '' ? '' : `.\n${this.help}`;
    return rejection(this.error, `Error from Canister ${canister}: ${this.message}${help}`);
  }
}

/** `ic0.trap`. */
export function calledTrap(message: string): Trap {
  const text = `Canister called \`ic0.trap\` with message: '${message}'`;
  return new Trap(
    'CanisterCalledTrap',
    text,
    `${HANDLE} See documentation: ${DOCS}trapped-explicitly`,
  );
}

/** A trap of the engine: `unreachable`, `heap out of bounds`, ... */
export function trapped(what: string): Trap {
  const help = `${HANDLE} See documentation: ${DOCS}trapped`;
  return new Trap('CanisterTrapped', `Canister trapped: ${what}`, help);
}

/** A misuse of the system API that the compiler should have prevented. */
export function contractViolation(text: string): Trap {
  return new Trap('CanisterContractViolation', `Canister violated contract: ${text}`, TOOLCHAIN);
}

/** A system call made where it is not allowed. */
export function wrongMode(call: string, mode: string): Trap {
  const text = `Canister violated contract: "ic0_${call}" cannot be executed in ${mode} mode`;
  const help =
    'Check the ICP documentation to make sure APIs are being called in the correct message types. ' +
    `See documentation: ${DOCS}calling-a-system-api-from-the-wrong-mode`;
  return new Trap('CanisterContractViolation', text, help);
}

/** The message used all its instructions. */
export function outOfInstructions(limit: number): Trap {
  const text = `Canister exceeded the limit of ${limit} instructions for single message execution.`;
  return new Trap('CanisterInstructionLimitExceeded', text);
}

/** The canister does not export the method. */
export function methodNotFound(kind: 'update' | 'query' | 'composite_query', method: string): Trap {
  const help =
    'Check that the method being called is exported by the target canister. ' +
    `See documentation: ${DOCS}method-not-found`;
  return new Trap('CanisterMethodNotFound', `Canister has no ${kind} method '${method}'`, help);
}

/** The canister has no code. */
export function moduleNotFound(): Trap {
  return new Trap(
    'CanisterWasmModuleNotFound',
    'Attempted to execute a message, but the canister contains no Wasm module.',
  );
}

/** A callback that is not in the table. */
export function functionNotFound(index: number): Trap {
  return new Trap(
    'CanisterFunctionNotFound',
    `Canister requested to invoke a non-existent Wasm function ${index} from table 0.`,
  );
}

/** A callback and then its cleanup trapped. */
export function cleanupAlsoFailed(first: Rejection, second: Rejection): Rejection {
  return {
    ...first,
    message: `${first.message}\n\ncall_on_cleanup also failed:\n\n${second.message}`,
  };
}

/** Turns what escaped from a module's frames into a trap. */
export function trapOf(thrown: unknown): Trap {
  if (thrown instanceof Trap) return thrown;
  if (thrown instanceof RangeError && thrown.message.includes('call stack')) {
    return trapped('stack overflow');
  }
  if (thrown instanceof WebAssembly.RuntimeError) return trapped(engineTrap(thrown.message));
  throw thrown;
}

/** V8's texts, in the replica's words (`TrapCode`). */
function engineTrap(message: string): string {
  if (message.includes('unreachable')) return 'unreachable';
  if (message.includes('memory access out of bounds')) return 'heap out of bounds';
  if (message.includes('divide by zero') || message.includes('remainder by zero')) {
    return 'integer division by 0';
  }
  if (message.includes('table index')) return 'table out of bounds';
  return `unknown (${message})`;
}
