import { equal } from '@fabrica/core/store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { value } from '../model/testing/results.ts';
import {
  ADMINISTRATOR,
  sampleAuditStorage,
  sampleEvent,
  sampleInvoiceStorage,
  samplePayment,
  WRITER,
} from '../model/testing/samples.ts';
import { START, verifyChain } from './verify-chain.ts';
import type { Verdict } from './verdict.ts';

const LENGTH = 12;

describe('a chain of entries', () => {
  test('as the storage answers it leads to the storage’s tip', () => {
    const { log, entries } = auditLog();
    expect(verifyChain('audit', entries)).toEqual({ ok: true, length: LENGTH, hash: log.tip.hash });
  });

  test('goes on from a point proven before', () => {
    const { log, entries } = auditLog();
    const middle = verifyChain('audit', entries.slice(0, 5));
    if (!middle.ok) throw new Error(middle.reason);
    const end = verifyChain('audit', entries.slice(5), middle);
    expect(end).toEqual({ ok: true, length: LENGTH, hash: log.tip.hash });
  });

  test('of invoices is proven by their own rules', () => {
    const storage = sampleInvoiceStorage();
    value(storage.intake.record(WRITER, 0n, [samplePayment(), samplePayment()], 1n));
    const { entries } = value(storage.reader.chain(ADMINISTRATOR, 0n, 2n));
    const { hash } = storage.log.tip;
    expect(verifyChain('invoice', entries)).toEqual({ ok: true, length: 2, hash });
    expect(fault(verifyChain('audit', entries))).toBe('undecodable');
  });

  test('any changed byte is detected, at the entry or by where the chain ends', () => {
    const { log, entries } = auditLog();
    fc.assert(
      fc.property(
        fc.nat(LENGTH - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (at, place, bits) => {
          const changed = entries.map((entry) => entry.slice());
          changed[at]![place % changed[at]!.length]! ^= bits;
          expect(reaches(verifyChain('audit', changed), log.tip.hash)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a dropped, doubled or moved entry is detected', () => {
    const { entries } = auditLog();
    const [a, b, c] = entries as [Uint8Array, Uint8Array, Uint8Array];
    expect(fault(verifyChain('audit', [a, c]))).toBe('misnumbered');
    expect(fault(verifyChain('audit', [b, c]))).toBe('misnumbered');
    expect(fault(verifyChain('audit', [a, a]))).toBe('misnumbered');
    expect(fault(verifyChain('audit', [a, c, b]))).toBe('misnumbered');
  });

  test('an entry replaced by one of another history is detected', () => {
    const { entries } = auditLog();
    const other = auditLog('another history').entries;
    const replaced = [entries[0]!, other[1]!, entries[2]!];
    expect(verifyChain('audit', replaced)).toMatchObject({ fault: 'unlinked', at: 1 });
  });

  test('any other selection of the entries is detected', () => {
    const { log, entries } = auditLog();
    const selection = fc.array(fc.nat(LENGTH - 1), { maxLength: LENGTH + 2 });
    fc.assert(
      fc.property(selection, (numbers) => {
        const same = numbers.length === LENGTH && numbers.every((number, at) => number === at);
        const chosen = numbers.map((number) => entries[number]!);
        expect(reaches(verifyChain('audit', chosen), log.tip.hash)).toBe(same);
      }),
    );
  });

  test('bytes that are no entry, or of a version unknown, are said to be so', () => {
    const { entries } = auditLog();
    const newer = entries[0]!.slice();
    newer[0] = 2;
    for (const bytes of [new Uint8Array(), Uint8Array.of(1), newer]) {
      expect(verifyChain('audit', [bytes], START)).toMatchObject({ fault: 'undecodable', at: 0 });
    }
  });
});

function auditLog(detail = 'a history') {
  const storage = sampleAuditStorage();
  const events = Array.from({ length: LENGTH }, () => sampleEvent({ detail }));
  value(storage.intake.record(WRITER, 0n, events, 1n));
  const { entries } = value(storage.reader.chain(ADMINISTRATOR, 0n, BigInt(LENGTH)));
  return { log: storage.log, entries };
}

function reaches(verdict: Verdict, hash: Uint8Array): boolean {
  return verdict.ok && equal(verdict.hash, hash);
}

function fault(verdict: Verdict): string | null {
  return verdict.ok ? null : verdict.fault;
}
