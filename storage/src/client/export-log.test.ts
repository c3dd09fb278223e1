import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { encoder, resultsOf, toIdlArgs } from '@fabrica/core/candid';
import { expect, test } from 'vitest';
import { AuditStorage } from '../candid.ts';
import { value } from '../model/testing/results.ts';
import {
  ADMINISTRATOR,
  sampleAuditStorage,
  sampleEvent,
  user,
  WRITER,
} from '../model/testing/samples.ts';
import { ReadRefused } from './archives.ts';
import { exportLog, type ReadingActor } from './export-log.ts';

test('exports every entry in order, one line of JSON each', async () => {
  const { actor } = storageOf(120);
  const lines: string[] = [];
  for await (const line of exportLog(actor)) lines.push(line);
  const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids).toEqual(Array.from({ length: 120 }, (_, at) => String(at)));
  expect(JSON.parse(lines[0]!)).toMatchObject({
    action: 'payment.charged',
    severity: 'Info',
    subject: Principal.fromUint8Array(user(1)).toText(),
    contract: null,
    reference: '07'.repeat(32),
    previous: '00'.repeat(32),
  });
});

test('says why a storage is not read', async () => {
  const { actor } = storageOf(1, user(3));
  await expect(exportLog(actor).next()).rejects.toBeInstanceOf(ReadRefused);
});

/** An actor that answers through the real codecs. */
function storageOf(length: number, caller = ADMINISTRATOR) {
  const storage = sampleAuditStorage();
  for (let n = 0; n < length; n += 1) {
    value(storage.intake.record(WRITER, BigInt(n), [sampleEvent({ contract: null })], 1n));
  }
  const results = resultsOf(AuditStorage.methods.getEntries);
  const encode = encoder(results);
  const types = toIdlArgs(IDL, results);
  const actor: Pick<ReadingActor, 'getEntries'> = {
    getEntries(from: bigint, limit: number) {
      const [answer] = IDL.decode(types, encode([storage.reader.entries(caller, from, limit)]));
      return Promise.resolve(answer as never);
    },
  };
  return { actor: actor as ReadingActor };
}
