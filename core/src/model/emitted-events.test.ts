import { expect, test } from 'vitest';
import { MemoryStore } from '../store/index.ts';
import { EmittedEvents, KEPT_EVENTS } from './emitted-events.ts';

const payload = Uint8Array.of(1, 2);

test('the last events of a contract are kept, newest first, and all are counted by name', () => {
  const events = new EmittedEvents(new MemoryStore());
  const sent = KEPT_EVENTS * 2 + 3;
  for (let at = 0; at < sent; at += 1) {
    events.add(7, { name: at % 2 === 0 ? 'transfer' : 'burn', payload }, BigInt(at));
  }
  events.add(8, { name: 'burn', payload }, 1n);
  const first = events.page(7, null, 15);
  expect(first.total).toBe(sent);
  expect(first.events[0]).toEqual({ number: 42, name: 'transfer', at: 42n, payload });
  const second = events.page(7, first.next, 15);
  expect(second.next).toBeNull();
  const numbers = [...first.events, ...second.events].map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: KEPT_EVENTS }, (_, index) => sent - 1 - index));
  expect([events.countOf('transfer'), events.countOf('burn')]).toEqual([22n, 22n]);
  expect(events.page(9, null, 15)).toEqual({ events: [], total: 0, next: null });
});
