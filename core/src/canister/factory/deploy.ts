import { encoder } from '../../candid/index.ts';
import { contractInit } from '../../contract/index.ts';
import type { Refused, Result } from '../../errors/index.ts';
import {
  factoryErrors,
  type ContractInfo,
  type FactoryDefinition,
  type VersionRegistration,
} from '../../factory/index.ts';
import type { Deployment, DeploymentState } from '../../model/deployment.ts';
import { equal } from '../../store/index.ts';
import type { Context } from '../runtime/context.ts';
import * as platform from '../management/platform.ts';
import type { Kernel } from './kernel.ts';
import type { ReadOrder } from './orders.ts';
import { CREATION_FEE } from './readiness.ts';

/** A deployment and what it needs. */
export interface Job {
  /** The request. */
  readonly key: Uint8Array;
  readonly deployment: Deployment;
  readonly read: ReadOrder;
  readonly module: VersionRegistration;
}

/**
 * Carries a deployment from its first step to its last: canister, code, proof of the code, owner, index.
 * Every call is written down before it is made; see `DeploymentState` for what each state promises.
 */
export async function deploy(
  kernel: Kernel,
  job: Job,
  context: Context,
): Promise<Result<ContractInfo>> {
  const obtained = await obtainCanister(kernel, job, context);
  if ('Err' in obtained) return obtained;
  const canister = obtained.Ok;

  const installed = await install(kernel, job, canister, context);
  if ('Err' in installed) return installed;

  move(kernel, job, { HandingOver: canister });
  return handOver(kernel, job, canister, context);
}

/** A canister of ours with enough cycles: one left over from a failed deployment, or a new one. */
async function obtainCanister(
  kernel: Kernel,
  job: Job,
  context: Context,
): Promise<Result<Uint8Array>> {
  count(kernel, { underWay: 1 });
  const spare = kernel.spares.pop();
  if (spare !== null) {
    move(kernel, job, { Installing: spare });
    return { Ok: spare };
  }
  move(kernel, job, { Creating: null });
  const cycles = CREATION_FEE + kernel.definition.cycles.initial;
  const created = await platform.createCanister([context.self], cycles);
  if (!created.ok) {
    return fail(
      kernel,
      job,
      factoryErrors.create_failed({ reason: created.failure.message }),
      null,
    );
  }
  move(kernel, job, { Installing: created.value });
  return { Ok: created.value };
}

/** Installs the module and has the platform confirm that it is the registered one, and ours alone. */
async function install(
  kernel: Kernel,
  job: Job,
  canister: Uint8Array,
  context: Context,
): Promise<Result<null>> {
  const { moduleHash: hash, chunks } = job.module;
  const argument = initEncoder(kernel.definition)([
    { factory: context.self, owner: job.deployment.owner, order: job.read.order },
  ]);
  const stored = { hash, chunks, store: context.self };
  const installed = await platform.installModule(canister, stored, argument);
  if (!installed.ok) {
    const refused = factoryErrors.install_failed({ reason: installed.failure.message });
    return fail(kernel, job, refused, canister);
  }
  const facts = await platform.canisterFacts(canister);
  const proven = facts.ok && facts.value.moduleHash !== null && equal(facts.value.moduleHash, hash);
  if (proven) return { Ok: null };
  const emptied = await platform.uninstallCode(canister);
  const spare = emptied.ok ? canister : null;
  return fail(kernel, job, factoryErrors.hash_mismatch(), spare);
}

const encoders = new WeakMap<FactoryDefinition, ReturnType<typeof makeInitEncoder>>();

/** The encoder of what a contract is installed with; made once, for its type table costs a million instructions. */
function initEncoder(definition: FactoryDefinition) {
  let encode = encoders.get(definition);
  if (encode === undefined) {
    encode = makeInitEncoder(definition);
    encoders.set(definition, encode);
  }
  return encode;
}

const makeInitEncoder = (definition: FactoryDefinition) => encoder([contractInit(definition)]);

/**
 * Makes the owner a controller beside the factory, then indexes the contract. May be run again: both
 * steps give the same result twice.
 */
export async function handOver(
  kernel: Kernel,
  job: Job,
  canister: Uint8Array,
  context: Context,
): Promise<Result<ContractInfo>> {
  const { owner } = job.deployment;
  const handed = await platform.setControllers(canister, [context.self, owner]);
  if (!handed.ok) return factoryErrors.handover_failed({ reason: handed.failure.message });
  const info = kernel.directory.add(
    {
      id: canister,
      owner,
      name: job.read.name,
      status: kernel.definition.statuses?.[0] ?? 'active',
      isPublic: true,
      managed: true,
      version: job.deployment.version,
      moduleHash: job.deployment.moduleHash,
      createdAt: context.now,
    },
    job.read.holders,
  );
  move(kernel, job, { Done: info.number });
  count(kernel, { underWay: -1 });
  return { Ok: info };
}

/** Ends the deployment without a contract, keeping its empty canister for the next one. */
function fail(kernel: Kernel, job: Job, refused: Refused, spare: Uint8Array | null): Refused {
  move(kernel, job, { Failed: refused.Err });
  count(kernel, { underWay: -1, failed: 1 });
  if (spare !== null) kernel.spares.push(spare);
  return refused;
}

/** Writes the next state; final ones no longer need the order. */
function move(kernel: Kernel, { key, deployment }: Job, state: DeploymentState): void {
  const open = 'Creating' in state || 'Installing' in state || 'HandingOver' in state;
  const order = open ? deployment.order : new Uint8Array();
  kernel.deployments.set(key, { ...deployment, order, state });
}

/** Adds to the running totals. */
export function count(kernel: Kernel, change: { underWay?: number; failed?: number }): void {
  const { underWay, failed } = kernel.counters.get();
  kernel.counters.set({
    underWay: underWay + (change.underWay ?? 0),
    failed: failed + (change.failed ?? 0),
  });
}
