/** The replica's error code for a module it will not install (`CanisterInvalidWasm`). */
const CODE = 'IC0505';

/**
 * A module that the Internet Computer would not install, or that cannot run here.
 * `message` is the text that follows "Error from Canister <id>: ".
 */
export class ModuleRefused extends Error {
  override readonly name = 'ModuleRefused';
  readonly code = CODE;

  constructor(reason: string, options?: ErrorOptions) {
    super(`Canister's Wasm module is not valid: ${reason}`, options);
  }
}
