/**
 * The contexts of the interface specification's system API table, as bits: start, init and
 * post_upgrade (I), pre_upgrade (G), update (U), queries (RQ, NRQ), composite query (CQ), reply and
 * reject callbacks (Ry, Rt) and those of composite queries (CRy, CRt), cleanups (C, CC),
 * inspect_message (F), heartbeat, timer and low-memory hook (T).
 */
export const CONTEXTS = {
  s: 1,
  I: 2,
  G: 4,
  U: 8,
  RQ: 16,
  NRQ: 32,
  CQ: 64,
  Ry: 128,
  Rt: 256,
  CRy: 512,
  CRt: 1024,
  C: 2048,
  CC: 4096,
  F: 8192,
  T: 16384,
} as const;

type Context = keyof typeof CONTEXTS;

/** What a module is run for. */
export const KINDS = {
  start: { context: 's', mode: 'start', replicated: true },
  init: { context: 'I', mode: 'init', replicated: true },
  post_upgrade: { context: 'I', mode: 'init', replicated: true },
  pre_upgrade: { context: 'G', mode: 'pre upgrade', replicated: true },
  update: { context: 'U', mode: 'update', replicated: true },
  replicated_query: { context: 'RQ', mode: 'replicated query', replicated: true },
  query: { context: 'NRQ', mode: 'non replicated query', replicated: false },
  composite_query: { context: 'CQ', mode: 'composite query', replicated: false },
  reply: { context: 'Ry', mode: 'reply callback', replicated: true },
  reject: { context: 'Rt', mode: 'reject callback', replicated: true },
  composite_reply: { context: 'CRy', mode: 'composite reply callback', replicated: false },
  composite_reject: { context: 'CRt', mode: 'composite reject callback', replicated: false },
  cleanup: { context: 'C', mode: 'cleanup', replicated: true },
  composite_cleanup: { context: 'CC', mode: 'composite cleanup', replicated: false },
  inspect: { context: 'F', mode: 'inspect message', replicated: false },
  heartbeat: { context: 'T', mode: 'heartbeat', replicated: true },
  timer: { context: 'T', mode: 'global timer', replicated: true },
  low_memory: { context: 'T', mode: 'on low wasm memory', replicated: true },
} as const satisfies Record<string, { context: Context; mode: string; replicated: boolean }>;

/** A kind of execution. */
export type ExecutionKind = keyof typeof KINDS;

/** Reads a list such as `U RQ Ry`; `*` stands for all but start. */
export function contextMask(list: string): number {
  let mask = 0;
  for (const name of list.split(' ')) {
    if (name === '*') mask |= ALL_BUT_START;
    else mask |= CONTEXTS[name as Context];
  }
  return mask;
}

const ALL_BUT_START = 32768 - 1 - CONTEXTS.s;
