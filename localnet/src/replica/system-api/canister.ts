import { LIMITS } from '../config/limits.ts';
import { contractViolation, Trap } from '../errors/trap.ts';
import { type Execution, unsigned } from '../execution/execution.ts';
import { KINDS } from '../execution/kinds.ts';
import { sizeAndCopy, type SystemCalls, systemCall } from './system-call.ts';

const STATUS = { running: 1, stopping: 2, stopped: 3 } as const;
const utf8 = new TextEncoder();

/** The canister and where it lives. */
export const canisterCalls: SystemCalls = {
  ...sizeAndCopy('canister_self', '*', (x) => x.canister.id),
  ...sizeAndCopy('subnet_self', '*', (x) => x.canister.subnet.info.id),
  ...sizeAndCopy('root_key', 'I G U RQ Ry Rt C T', (x) => x.environment.rootKey),

  canister_status: systemCall('->i', '*', (x) => STATUS[x.canister.status.kind]),
  canister_version: systemCall('->l', '*', (x) => x.canister.version),
  is_controller: systemCall('II->i', '* s', (x, from: number, size: number) => {
    const principal = x.take(from, size);
    if (principal.length > 29) throw invalidPrincipal();
    return Number(x.canister.isController(principal));
  }),
  in_replicated_execution: systemCall('->i', '* s', (x) => Number(KINDS[x.input.kind].replicated)),

  certified_data_set: systemCall('II->', 'I G U Ry Rt T', (x, from: number, size: number) => {
    const length = unsigned(size);
    if (length > LIMITS.certifiedDataBytes) {
      throw contractViolation(
        `ic0_certified_data_set failed because the passed data must be no larger than ` +
          `${LIMITS.certifiedDataBytes} bytes. Found ${length} bytes`,
      );
    }
    x.certifiedData = x.take(from, size);
  }),
  data_certificate_present: systemCall('->i', '*', (x) => Number(certificate(x) !== null)),
  ...sizeAndCopy('data_certificate', 'NRQ CQ', (x) => {
    const bytes = certificate(x);
    if (bytes === null) throw contractViolation(`ic0.${x.call}: no certificate is present`);
    return bytes;
  }),

  env_var_count: systemCall('->I', '*', (x) => x.canister.settings.environment.size),
  env_var_name_size: systemCall('I->I', '*', (x, index: number) => variable(x, index).length),
  env_var_name_copy: systemCall(
    'IIII->',
    '*',
    (x, index: number, to: number, from: number, size: number) => {
      x.give(variable(x, index), to, from, size);
    },
  ),
  env_var_name_exists: systemCall('II->i', '*', (x, from: number, size: number) =>
    Number(x.canister.settings.environment.has(variableName(x, from, size))),
  ),
  env_var_value_size: systemCall(
    'II->I',
    '*',
    (x, from: number, size: number) => value(x, from, size).length,
  ),
  env_var_value_copy: systemCall(
    'IIIII->',
    '*',
    (x, name: number, nameSize: number, to: number, from: number, size: number) => {
      x.give(value(x, name, nameSize), to, from, size);
    },
  ),
};

/** Certificates exist in queries that are not replicated only. */
function certificate(x: Execution): Uint8Array | null {
  const { kind } = x.input;
  if (kind !== 'query' && kind !== 'composite_query') return null;
  x.certificate ??= x.environment.certificate(x.canister);
  return x.certificate;
}

/** A principal of more than 29 bytes. */
export function invalidPrincipal(): Error {
  return new Trap('CanisterContractViolation', 'Canister provided invalid principal id');
}

function variable(x: Execution, index: number): Uint8Array {
  const name = [...x.canister.settings.environment.keys()][unsigned(index)];
  if (name === undefined) throw contractViolation(`ic0.${x.call}: index out of bounds`);
  return utf8.encode(name);
}

function variableName(x: Execution, from: number, size: number): string {
  return new TextDecoder().decode(x.take(from, size));
}

function value(x: Execution, from: number, size: number): Uint8Array {
  const name = variableName(x, from, size);
  const found = x.canister.settings.environment.get(name);
  if (found === undefined) {
    throw contractViolation(`ic0.${x.call}: environment variable not found: ${name}`);
  }
  return utf8.encode(found);
}
