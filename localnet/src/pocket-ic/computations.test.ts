import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Computations } from './computations.ts';
import type { Json } from '../web/exact-json.ts';
import { RequestError } from '../web/request-error.ts';

describe('long operations', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answer at once when they are quick', async () => {
    const computations = new Computations();
    expect(await computations.wait(Promise.resolve(null))).toEqual({ answer: null });
  });

  it('give a ticket after ten seconds, and the answer for it once', async () => {
    const computations = new Computations();
    let resolve!: (value: Json) => void;
    const promise = new Promise<Json>((settle) => (resolve = settle));
    const waiting = computations.wait(promise);
    await vi.advanceTimersByTimeAsync(10_000);
    const waited = await waiting;
    if (!('ticket' in waited)) throw new Error('no ticket');
    const { state_label, op_id } = waited.ticket;
    await expect(computations.read(state_label, op_id)).rejects.toThrow(RequestError);
    resolve(null);
    await promise;
    expect(await computations.read(state_label, op_id)).toEqual({});
    await expect(computations.read(state_label, op_id)).rejects.toThrow(RequestError);
  });

  it('pass their failure on', async () => {
    const computations = new Computations();
    await expect(computations.wait(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('are not repeated when the request is sent again after an abort', async () => {
    const computations = new Computations();
    const operation = vi.fn(() => Promise.resolve(1));
    const first = computations.start('key', operation);
    computations.abandon('key', first);
    expect(computations.start('key', operation)).toBe(first);
    void computations.start('key', operation);
    expect(operation).toHaveBeenCalledTimes(2);
  });

  it('are repeated when the request comes long after the abort', async () => {
    const computations = new Computations();
    const operation = vi.fn(() => Promise.resolve(1));
    computations.abandon('key', computations.start('key', operation));
    await vi.advanceTimersByTimeAsync(60_000);
    void computations.start('key', operation);
    expect(operation).toHaveBeenCalledTimes(2);
  });
});
