import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assemble } from './fixtures/assemble.ts';
import { ModuleRefused } from './module-refused.ts';
import { prepareModule } from './prepare-module.ts';

const MODULE = assemble({
  imports: [{ module: 'ic0', name: 'trap', params: ['i32', 'i32'] }],
  memory: 1,
  table: [0, 1],
  globals: [{ type: 'i32', mutable: true, init: [0x41, 3] }],
  functions: [
    { name: 'canister_init', body: [0x03, 0x40, 0x20, 0, 0x0d, 0, 0x0b], locals: ['i32'] },
    { name: 'canister_query q', body: [0x02, 0x40, 0x41, 1, 0x0e, 1, 0, 0, 0x0b, 0x10, 1] },
    { params: ['i32'], results: ['i64'], body: [0x41, 0, 0x41, 1, 0x20, 0, 0xfc, 11, 0, 0x42, 9] },
    { body: [0x41, 0, 0xfd, 0, 0, 0, 0x1a, 0x41, 1, 0x11, 1, 0] },
  ],
  start: 1,
  data: [
    { offset: [0x41, 8], bytes: [1, 2, 3] },
    { offset: null, bytes: [4] },
  ],
  customs: [{ name: 'icp:public note', content: [1] }],
});

describe('prepareModule on damaged modules', () => {
  it('refuses every truncation or prepares what is left', () => {
    for (let length = 0; length < MODULE.length; length++) attempt(MODULE.subarray(0, length));
    expect(attempt(MODULE)).toBe('prepared');
  });

  it('refuses, or prepares into a valid module, whatever bytes are changed', () => {
    const edit = fc.tuple(fc.nat(MODULE.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const damaged = MODULE.slice();
        for (const [at, byte] of edits) damaged[at] = byte;
        attempt(damaged);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('prepareModule on the template of Azle', () => {
  it('prepares it in well under a second', () => {
    const path = '../../../node_modules/azle/dist/canister_templates/stable.wasm';
    const sent = readFileSync(new URL(path, import.meta.url));
    const before = process.cpuUsage();
    const prepared = prepareModule(sent);
    // Of this process, in microseconds: the machine may be busy with something else.
    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
    expect(prepared.entryPoints).toEqual(new Set(['canister_global_timer']));
    expect(prepared.imports).toHaveLength(44);
  });
});

/** Anything but a refusal fails; so does a refusal that is the rewriter's own fault. */
function attempt(bytes: Uint8Array): 'prepared' | 'refused' {
  try {
    expect(WebAssembly.validate(prepareModule(bytes).bytes as BufferSource)).toBe(true);
    return 'prepared';
  } catch (error) {
    if (!(error instanceof ModuleRefused)) throw error;
    expect(error.message).not.toContain('metered module');
    return 'refused';
  }
}
