import { encoder } from '../../candid/index.ts';
import { contractMethods } from '../../contract/index.ts';
import type { Answer, UpgradeCall, UpgradeRecord } from '../../model/upgrades/index.ts';
import { equal } from '../../store/index.ts';
import type { CallFailure, Outcome } from '../ic/call-raw.ts';
import * as lifecycle from '../management/lifecycle.ts';
import { canisterFacts, installModule, type StoredModule } from '../management/platform.ts';
import { call } from '../runtime/call.ts';

const contractHealth = { ...contractMethods.contractHealth, name: 'contractHealth' } as const;
const NO_ARGUMENTS = encoder([])([]);

/**
 * Makes one call of an upgrade and says what came of it.
 *
 * @param module the version to install; `null` if it was withdrawn meanwhile.
 */
export async function perform(
  which: UpgradeCall,
  upgrade: UpgradeRecord,
  module: StoredModule | null,
  self: Uint8Array,
): Promise<Answer> {
  const { contract } = upgrade;
  switch (which) {
    case 'status':
      return readFacts(contract, self);
    case 'stop':
      return done(await lifecycle.stopCanister(contract));
    case 'start':
      return done(await lifecycle.startCanister(contract));
    case 'snapshot': {
      const taken = await lifecycle.takeSnapshot(contract);
      return taken.ok ? { kind: 'snapshot', id: taken.value.id } : failed(taken.failure);
    }
    case 'list': {
      const listed = await lifecycle.listSnapshots(contract);
      if (!listed.ok) return failed(listed.failure);
      // Whatever was taken since the contract stopped holds what we want, whoever took it.
      const found = listed.value.find(({ takenAt }) => takenAt >= upgrade.changedAt);
      return { kind: 'snapshot', id: found?.id ?? null };
    }
    case 'install': {
      const withdrawn = 'The version was withdrawn before it was installed';
      if (module === null) return { kind: 'failed', retriable: false, message: withdrawn };
      return done(await installModule(contract, module, NO_ARGUMENTS, 'upgrade'));
    }
    case 'probe': {
      const answered = await call(contract, contractHealth, []);
      if (!answered.ok) return failed(answered.failure);
      return { kind: 'version', version: answered.value.version };
    }
    case 'load':
      return done(await lifecycle.loadSnapshot(contract, upgrade.snapshot!));
    case 'discard':
      return done(await lifecycle.deleteSnapshot(contract, upgrade.snapshot!));
  }
}

/** What the platform says. One that refuses to say may do so because the factory lost control. */
async function readFacts(contract: Uint8Array, self: Uint8Array): Promise<Answer> {
  const asked = await canisterFacts(contract);
  if (asked.ok) {
    const { status, moduleHash } = asked.value;
    return { kind: 'facts', facts: { controlled: true, status, moduleHash } };
  }
  if (isRetriable(asked.failure)) return failed(asked.failure);
  const open = await lifecycle.publicFacts(contract);
  // Of a canister that is gone, nobody can tell anything.
  const gone = !open.ok && !isRetriable(open.failure);
  if (!open.ok && !gone) return failed(open.failure);
  const facts = open.ok ? open.value : { controllers: [], moduleHash: null };
  if (facts.controllers.some((controller) => equal(controller, self))) return failed(asked.failure);
  const { moduleHash } = facts;
  return { kind: 'facts', facts: { controlled: false, status: 'running', moduleHash } };
}

function done(outcome: Outcome<null>): Answer {
  return outcome.ok ? { kind: 'done' } : failed(outcome.failure);
}

function failed(failure: CallFailure): Answer {
  return { kind: 'failed', retriable: isRetriable(failure), message: failure.message };
}

/** Not sent, refused for the moment, or answered to nobody; anything else would be refused again. */
function isRetriable({ effect, rejectCode }: CallFailure): boolean {
  return rejectCode === 2 || rejectCode === 6 || (rejectCode === 0 && effect === 'none');
}
