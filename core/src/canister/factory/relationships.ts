import type { FactoryDefinition } from '../../factory/index.ts';
import { gatewayFacingMethods } from '../../factory/gateway-facing.ts';
import { holdersOf, type Grant } from '../../model/administration/index.ts';
import type { Directory } from '../../model/directory/directory.ts';
import { RelationshipBook } from '../../model/relationships/relationship-book.ts';
import { binary, equal, type Cell } from '../../store/index.ts';
import { call } from '../runtime/call.ts';
import { MessageContext } from '../runtime/context.ts';
import { worker, type Worker } from '../runtime/worker.ts';
import { aged } from './aged.ts';

const reportRelationships = {
  ...gatewayFacingMethods.reportRelationships,
  name: 'reportRelationships',
} as const;
const getNextReport = { ...gatewayFacingMethods.getNextReport, name: 'getNextReport' } as const;

/** Codes of a gateway's refusals that say what to do; after any other the same is sent again later. */
const GAP = 'gateway.sequence_gap';
const NOT_ITS_CONTRACT = 'gateway.not_its_contract';

/** Seconds that changes are gathered for. */
const GATHERED = 2;
/** Seconds before a batch that failed is sent again: doubles from the first to the last. */
const FIRST_RETRY = 5;
const LAST_RETRY = 3600;
const SECOND = 1_000_000_000n;

interface Parts {
  readonly definition: FactoryDefinition;
  readonly directory: Directory;
  readonly grants: Cell<readonly Grant[]>;
}

/** The part of the kernel that tells gateways who has to do with which contract. */
export function openRelationships(
  space: ConstructorParameters<typeof RelationshipBook>[0],
  { definition, directory, grants }: Parts,
) {
  const relationships = new RelationshipBook(space);
  const context = new MessageContext();
  const roleNames = ['creator', ...definition.roles];
  /** One worker for each gateway, so that a silent one holds up no other. */
  const tellers = new Map<string, Worker>();

  const teller = aged(worker(callTellers), () => relationships.figures.waiting);

  function callTellers(): null {
    if (!relationships.enabled) return null;
    for (const gateway of gateways()) {
      const key = binary(gateway);
      let own = tellers.get(key);
      if (own === undefined) tellers.set(key, (own = tellerOf(gateway)));
      own.wake();
    }
    return null;
  }

  directory.lists.onChange = (user, contract, before, roles) => {
    relationships.note({ contract, user, before, roles, at: context.now });
    teller.wake(GATHERED);
  };

  function gateways(): Uint8Array[] {
    return holdersOf(grants.get(), 'Gateway', context.now);
  }

  function tellerOf(gateway: Uint8Array): Worker {
    let retry = FIRST_RETRY;
    let retryAt = 0n;
    return worker(async () => {
      if (!relationships.enabled) return null;
      if (!gateways().some((one) => equal(one, gateway))) {
        relationships.forget(gateway);
        return null;
      }
      // Changes wake it too, but not before its time.
      const { now } = context;
      if (now < retryAt) return Number((retryAt - now + SECOND - 1n) / SECOND);
      const next = relationships.of(gateway) === null ? await begin(gateway) : await tell(gateway);
      if (next !== 'failed') {
        retry = FIRST_RETRY;
        return next;
      }
      const seconds = retry;
      retry = Math.min(retry * 2, LAST_RETRY);
      retryAt = context.now + BigInt(seconds) * SECOND;
      return seconds;
    });
  }

  /** Asks a gateway where to begin; one that keeps no registry, or does not know us yet, is asked again. */
  async function begin(gateway: Uint8Array): Promise<0 | 'failed'> {
    const expected = await call(gateway, getNextReport, [context.self]);
    if (!expected.ok || 'Err' in expected.value) return 'failed';
    relationships.begin(gateway, expected.value.Ok);
    return 0;
  }

  async function tell(gateway: Uint8Array): Promise<0 | null | 'failed'> {
    const reports = relationships.batch(gateway, directory);
    if (reports.length === 0) return relationships.isTold(gateway, directory) ? null : 0;
    const { next: first } = relationships.of(gateway)!;
    const outcome = await call(gateway, reportRelationships, [first, roleNames, reports]);
    if (!outcome.ok) return 'failed';
    if ('Ok' in outcome.value) {
      relationships.confirm(gateway, reports.length, outcome.value.Ok);
      return 0;
    }
    const { code } = outcome.value.Err;
    // It knows less than it confirmed: it was put back, or installed anew.
    if (code === GAP) return begin(gateway);
    if (code !== NOT_ITS_CONTRACT) return 'failed';
    relationships.refuse(gateway);
    return 0;
  }

  return { relationships, teller };
}
