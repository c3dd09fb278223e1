import { Principal } from '@dfinity/principal';

import { LIMITS } from '../config/limits.ts';
import { Refused } from '../errors/rejection.ts';
import { keyOf } from '../ids.ts';
import type { Settings, Visibility } from '../state/settings.ts';

type Opt<T> = readonly [T] | readonly [];
type CandidVisibility =
  | { controllers: null }
  | { public: null }
  | { allowed_viewers: readonly Principal[] };

/** `canister_settings` as decoded: absent fields stay as they are. */
export interface SettingsArgument {
  readonly controllers: Opt<readonly Principal[]>;
  readonly compute_allocation: Opt<bigint>;
  readonly memory_allocation: Opt<bigint>;
  readonly freezing_threshold: Opt<bigint>;
  readonly reserved_cycles_limit: Opt<bigint>;
  readonly log_visibility: Opt<CandidVisibility>;
  readonly snapshot_visibility: Opt<CandidVisibility>;
  readonly wasm_memory_limit: Opt<bigint>;
  readonly wasm_memory_threshold: Opt<bigint>;
  readonly environment_variables: Opt<readonly { name: string; value: string }[]>;
}

/** Settings that have passed every check. */
export interface CheckedSettings {
  /** Null to leave the controllers as they are. */
  readonly controllers: readonly Uint8Array[] | null;
  readonly settings: Settings;
}

const MAX_64 = 0xffff_ffff_ffff_ffffn;
const MAX_MEMORY = 1n << 48n;

/** Applies a settings argument to settings, without effect elsewhere. Throws `Refused`. */
export function applySettings(old: Settings, given: SettingsArgument): CheckedSettings {
  const bounded = (name: string, [value]: Opt<bigint>, before: bigint, most: bigint): bigint => {
    if (value === undefined) return before;
    if (value > most) throw invalid(`'${name}' must be at most ${most}, got ${value}`);
    return value;
  };
  const [viewers] = given.log_visibility;
  const [snapshotViewers] = given.snapshot_visibility;
  const [variables] = given.environment_variables;
  return {
    controllers: controllersOf(given.controllers),
    settings: {
      computeAllocation: bounded(
        'compute_allocation',
        given.compute_allocation,
        old.computeAllocation,
        100n,
      ),
      memoryAllocation: bounded(
        'memory_allocation',
        given.memory_allocation,
        old.memoryAllocation,
        MAX_MEMORY,
      ),
      freezingThreshold: bounded(
        'freezing_threshold',
        given.freezing_threshold,
        old.freezingThreshold,
        MAX_64,
      ),
      reservedCyclesLimit: given.reserved_cycles_limit[0] ?? old.reservedCyclesLimit,
      wasmMemoryLimit: bounded(
        'wasm_memory_limit',
        given.wasm_memory_limit,
        old.wasmMemoryLimit,
        MAX_MEMORY,
      ),
      wasmMemoryThreshold: bounded(
        'wasm_memory_threshold',
        given.wasm_memory_threshold,
        old.wasmMemoryThreshold,
        MAX_64,
      ),
      logVisibility: viewers ? visibility(viewers) : old.logVisibility,
      snapshotVisibility: snapshotViewers ? visibility(snapshotViewers) : old.snapshotVisibility,
      environment: variables ? environment(variables) : old.environment,
    },
  };
}

/** A visibility as Candid has it. */
export function candidVisibility(value: Visibility): CandidVisibility {
  if (!('allowed_viewers' in value)) return value;
  return { allowed_viewers: value.allowed_viewers.map((id) => Principal.fromUint8Array(id)) };
}

function visibility(value: CandidVisibility): Visibility {
  if (!('allowed_viewers' in value)) return value;
  return { allowed_viewers: value.allowed_viewers.map((id) => id.toUint8Array()) };
}

function controllersOf([given]: Opt<readonly Principal[]>): readonly Uint8Array[] | null {
  if (given === undefined) return null;
  if (given.length > LIMITS.controllers) {
    throw invalid(
      `Invalid settings: 'controllers' length exceeds maximum size allowed of ${LIMITS.controllers}.`,
    );
  }
  // A set, in the order of the ids, as the replica keeps it.
  const distinct = new Map(given.map((id) => [keyOf(id.toUint8Array()), id.toUint8Array()]));
  return [...distinct.values()].sort(Buffer.compare);
}

function environment(
  variables: readonly { name: string; value: string }[],
): ReadonlyMap<string, string> {
  const { environmentVariables: most, environmentVariableBytes: bytes } = LIMITS;
  if (variables.length > most) {
    throw payload(`Too many environment variables: ${variables.length} (max: ${most})`);
  }
  for (const { name, value } of variables) {
    if (Buffer.byteLength(name) > bytes) {
      throw payload(
        `Environment variable name "${name}" exceeds the maximum allowed length of ${bytes}.`,
      );
    }
    if (Buffer.byteLength(value) > bytes) {
      throw payload(
        `Environment variable value "${value}" exceeds the maximum allowed length of ${bytes}.`,
      );
    }
  }
  const map = new Map(variables.map(({ name, value }) => [name, value]));
  if (map.size < variables.length)
    throw payload('Duplicate environment variables are not allowed.');
  return map;
}

function invalid(reason: string): Refused {
  return new Refused('CanisterContractViolation', `Could not validate the settings: ${reason}`);
}

function payload(reason: string): Refused {
  return new Refused('InvalidManagementPayload', reason);
}
