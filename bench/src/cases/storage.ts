import { encoder } from '@fabrica/core/candid';
import { AuditStorage } from '@fabrica/storage';
import { builtModule } from '@fabrica/testing';
import { sampleAuditStorage, sampleEvent } from '../../../storage/src/model/testing/samples.ts';
import { instructions, type CaseGroup } from '../figure.ts';
import { Lab, principal } from '../lab/lab.ts';
import { load } from '../lab/load.ts';
import { PreparedStore } from '../lab/prepared-store.ts';

/** The writer of the samples: a canister. */
const WRITER = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 250, 1, 1);
const USER = principal(1);

/** Appends to the audit storage, and a page of what a user may read, by entries there are. */
export const storage: CaseGroup = {
  name: 'storage',
  heavy: false,
  async run() {
    const small = await measure(10);
    const large = await measure(10_000);
    return [
      instructions('storage.init', small.init),
      instructions('storage.append-10', small.append),
      instructions('storage.append-10000', large.append),
      instructions('storage.page-by-user-10000', large.page),
    ];
  },
};

/** The same among a hundred thousand entries. */
export const largeStorage: CaseGroup = {
  name: 'large-storage',
  heavy: true,
  async run() {
    const small = await measure(10);
    const huge = await measure(100_000);
    return [
      instructions('storage.append-10', small.append),
      instructions('storage.append-100000', huge.append),
      instructions('storage.page-by-user-100000', huge.page),
    ];
  },
};

async function measure(entries: number) {
  const lab = new Lab();
  const module = builtModule('audit').wasm;
  const whitelist = { administrators: [principal(2)], writers: [WRITER] };
  const { id, init } = await lab.launch(module, encoder(AuditStorage.init)([whitelist, null]));
  await load(lab, id, module, logOf(entries));

  const log = async (sequence: number) => {
    const args = [BigInt(sequence), eventOf(sequence)];
    const sent = await lab.call(AuditStorage, id, 'logEvent', args, WRITER);
    accepted(sent.value);
    return sent.instructions;
  };
  await log(entries);
  const append = await log(entries + 1);
  const page = await lab.call(AuditStorage, id, 'getEntriesByUser', [USER, null, 50], USER);
  const { entries: read } = accepted(page.value) as { entries: unknown[] };
  if (entries >= 50 && read.length !== 50) throw new Error(`A page of ${read.length}`);
  return { init, append, page: page.instructions };
}

const eventOf = (number: number) =>
  sampleEvent({
    subject: USER,
    reference: new Uint8Array(32).fill(number & 255),
    time: BigInt(number),
  });

function logOf(entries: number): PreparedStore {
  const store = new PreparedStore();
  const { intake } = sampleAuditStorage(store);
  for (let from = 0; from < entries; from += 10) {
    const events = Array.from({ length: 10 }, (_, index) => eventOf(from + index));
    accepted(intake.record(WRITER, BigInt(from), events, BigInt(from)));
  }
  return store;
}

function accepted(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'Ok' in value) return value.Ok;
  throw new Error(`Refused: ${JSON.stringify(value, (_, part: unknown) => String(part))}`);
}
