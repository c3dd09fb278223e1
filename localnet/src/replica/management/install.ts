import type { PreparedModule } from '../../wasm/index.ts';
import { ModuleRefused } from '../../wasm/index.ts';
import { MANAGEMENT_INSTRUCTIONS } from '../config/prices.ts';
import { prepay, refundUnused } from '../cycles/prepay.ts';
import { Refused } from '../errors/rejection.ts';
import { Trap } from '../errors/trap.ts';
import { codeOf } from '../execution/execute.ts';
import type { Canister } from '../state/canister.ts';
import type { Origin } from '../state/history.ts';
import { checkImports } from '../system-api/imports.ts';
import type { Context } from './call.ts';
import { Installation } from './installation.ts';

type Opt<T> = readonly [T] | readonly [];

/** `canister_install_mode` as decoded. */
export type InstallMode =
  | { readonly install: null }
  | { readonly reinstall: null }
  | {
      readonly upgrade: Opt<{
        readonly skip_pre_upgrade: Opt<boolean>;
        readonly wasm_memory_persistence: Opt<{ keep: null } | { replace: null }>;
      }>;
    };

/** What is to be installed. */
export interface InstallRequest {
  readonly mode: InstallMode;
  /** The module as sent. */
  readonly module: Uint8Array;
  readonly arg: Uint8Array;
  readonly origin: Origin;
  /** Instructions charged for putting the module together from chunks. */
  readonly assembly: number;
}

/** Marks modules whose heap outlives upgrades. */
const PERSISTENT_SECTION = 'enhanced-orthogonal-persistence';

/** Installs, reinstalls or upgrades: completely or not at all. Throws `Refused`. */
export function install(context: Context, canister: Canister, request: InstallRequest): void {
  const { world, call } = context;
  const { mode } = request;
  if ('install' in mode && canister.code !== null) {
    throw new Refused(
      'CanisterNonEmpty',
      `Canister ${canister.text} cannot be installed because the canister is not empty. ` +
        "Try installing with mode='reinstall' instead.",
    );
  }
  const limit = canister.subnet.limits.install;
  const prepaid = prepay(canister, limit, call.caller);
  if ('refused' in prepaid) {
    const text = `Canister installation failed with \`${prepaid.refused.message}\`.`;
    throw new Refused('CanisterOutOfCycles', text);
  }
  let compiling = request.assembly;
  const installation = new Installation(world, canister, limit, call.caller);
  try {
    const module = prepare(context, canister, request);
    compiling += module.instructionCount * MANAGEMENT_INSTRUCTIONS.compile;
    if ('upgrade' in mode) upgrade(installation, module, request);
    else installation.fresh(module, request.module.length, request.arg);
    installation.finish();
  } catch (error) {
    installation.undo();
    throw error instanceof Trap ? refused(error, canister) : error;
  } finally {
    refundUnused(prepaid, Math.min(limit, installation.instructions + compiling));
  }
  const kind = Object.keys(mode)[0] as 'install' | 'reinstall' | 'upgrade';
  canister.history.add({
    time: world.time,
    version: canister.version,
    origin: request.origin,
    details: { code_deployment: { mode: kind, module_hash: codeOf(canister).heap.module.hash } },
  });
}

function upgrade(
  installation: Installation,
  module: PreparedModule,
  { mode, module: sent, arg }: InstallRequest,
): void {
  const [options] = 'upgrade' in mode ? mode.upgrade : [];
  const [persistence] = options?.wasm_memory_persistence ?? [];
  const persistent = module.metadata.get(PERSISTENT_SECTION)?.visibility === 'private';
  if (persistent && persistence === undefined) {
    throw new Refused(
      'CanisterContractViolation',
      'Missing upgrade option: Enhanced orthogonal persistence requires the ' +
        '`wasm_memory_persistence` upgrade option.',
    );
  }
  const keep = persistence !== undefined && 'keep' in persistence;
  if (keep && !persistent) {
    throw new Refused(
      'CanisterContractViolation',
      'Invalid upgrade option: The `wasm_memory_persistence: opt Keep` upgrade option requires ' +
        'that the new canister module supports enhanced orthogonal persistence.',
    );
  }
  const [skip = false] = options?.skip_pre_upgrade ?? [];
  installation.upgrade(module, sent.length, arg, { skipPreUpgrade: skip, keepHeap: keep });
}

function prepare({ world }: Context, canister: Canister, request: InstallRequest): PreparedModule {
  try {
    const module = world.modules.prepare(request.module);
    checkImports(module);
    return module;
  } catch (error) {
    if (!(error instanceof ModuleRefused)) throw error;
    throw new Refused(
      'CanisterInvalidWasm',
      `Error from Canister ${canister.text}: ${error.message}`,
    );
  }
}

function refused(trap: Trap, canister: Canister): Refused {
  const { error, message } = trap.rejectionFrom(canister.text);
  return new Refused(error ?? 'CanisterTrapped', message);
}
