import { BlockTypes } from './block-types.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { signatureOf } from './check-module.ts';
import { COSTS_32, COSTS_64 } from './cost-table.ts';
import { type MeteredBody, meterBody } from './meter-body.ts';
import { MeterCode } from './meter-code.ts';
import { type ModuleInfo, Section, SECTION_ORDER } from './module-info.ts';
import { type ExportNames, nameExports } from './names.ts';

/** Globals the replica adds (three counters): they count as instructions of the module. */
const REPLICA_GLOBALS = 3;
/** A global's initialiser: a constant and its end. */
const INSTRUCTIONS_PER_GLOBAL = 2;

/** A rewritten module. */
export interface Rewritten {
  readonly bytes: Uint8Array;
  readonly names: ExportNames;
  /** Instructions after instrumentation, as the replica counts them for the price of compiling. */
  readonly instructions: number;
  /** Whether a function may write the table or drop a segment. */
  readonly transient: boolean;
}

/**
 * Rewrites a module so that the host can run and rewind it: every piece of its state exported,
 * its start function turned into an export, and its code metered. All that is added comes last in
 * its index space, so no index of the module changes.
 * @param metered Whether the code is metered.
 */
export function rewriteModule(info: ModuleInfo, metered = true): Rewritten {
  const counter = info.globals.length;
  const firstType = info.types.length;
  const firstFunction = info.functions.length;
  const code = new MeterCode({ counter, firstType, firstFunction }, info.memory64);
  const { names, added } = nameExports(info, counter);
  const out = new ByteWriter(info.bytes.length * 2);
  let instructions = INSTRUCTIONS_PER_GLOBAL * (info.globals.length + REPLICA_GLOBALS);
  let transient = false;

  /** Writes a vector section anew: its own items, then more. */
  const extend = (id: number, own: number, more: number, write: () => void): void => {
    out.section(id, () => {
      out.u32(own + more);
      const span = info.sections.get(id);
      if (span) {
        const items = new ByteReader(info.bytes, span.start, span.end);
        items.u32();
        out.range(info.bytes, items.pos, span.end);
      }
      write();
    });
  };

  const blocks = new BlockTypes(info, firstType + MeterCode.types.length);
  out.range(info.bytes, 0, 8);
  for (const id of SECTION_ORDER) {
    if (id === Section.type) {
      const types = [...MeterCode.types, ...blocks.added];
      extend(id, firstType, types.length, () => {
        for (const type of types) out.bytes(type);
      });
    } else if (id === Section.function) {
      extend(id, firstFunction - info.importedFunctions, MeterCode.types.length, () => {
        for (let i = 0; i < MeterCode.types.length; i++) out.u32(firstType + i);
      });
    } else if (id === Section.global) {
      extend(id, counter, 1, () => {
        out.bytes([0x7e, 1, 0x42, 0, 0x0b]); // i64, mutable, i64.const 0
      });
    } else if (id === Section.export) {
      extend(id, info.exports.length, added.length, () => {
        for (const item of added) {
          out.text(item.name);
          out.u8(item.kind);
          out.u32(item.index);
        }
      });
    } else if (id === Section.code) {
      out.section(id, () => {
        const body = rewriteCode(info, code, blocks, metered ? out : new ByteWriter());
        if (!metered) copyCode(info, code, out);
        instructions += body.instructions;
        transient = body.transient;
      });
    } else if (id !== Section.start) {
      copySection(info, id, out);
    }
  }
  copyNames(info, out);
  // A copy of its exact size: the working buffer is up to four times as long.
  return { bytes: out.finish().slice(), names, instructions, transient };
}

function rewriteCode(
  info: ModuleInfo,
  code: MeterCode,
  blocks: BlockTypes,
  out: ByteWriter,
): MeteredBody {
  const costs = info.memory64 ? COSTS_64 : COSTS_32;
  const helpers = code.bodies();
  const imports = info.importedFunctions;
  const count = info.functions.length - imports;
  let instructions = 0;
  let transient = false;
  out.u32(count + helpers.length);
  const span = info.sections.get(Section.code);
  if (span) {
    const bodies = new ByteReader(info.bytes, span.start, span.end);
    bodies.u32();
    for (let index = 0; index < count; index++) {
      const size = bodies.u32();
      const start = bodies.pos;
      bodies.take(size);
      out.sized(() => {
        const signature = signatureOf(info, imports + index);
        const source = {
          bytes: info.bytes,
          start,
          end: start + size,
          index,
          params: signature.params.length,
          blockType: blocks.of(signature),
          imports,
        };
        const body = meterBody(source, costs, code, out);
        instructions += body.instructions;
        transient ||= body.transient;
      });
    }
  }
  for (const helper of helpers) {
    out.sized(() => {
      out.bytes(helper);
    });
  }
  return { instructions, transient };
}

/** The code as it is, and the functions of the meter, which nobody calls. */
function copyCode(info: ModuleInfo, code: MeterCode, out: ByteWriter): void {
  const helpers = code.bodies();
  const span = info.sections.get(Section.code);
  out.u32(info.functions.length - info.importedFunctions + helpers.length);
  if (span) {
    const bodies = new ByteReader(info.bytes, span.start, span.end);
    bodies.u32();
    out.range(info.bytes, bodies.pos, span.end);
  }
  for (const helper of helpers) {
    out.sized(() => {
      out.bytes(helper);
    });
  }
}

function copySection(info: ModuleInfo, id: number, out: ByteWriter): void {
  const span = info.sections.get(id);
  if (!span) return;
  out.section(id, () => {
    out.range(info.bytes, span.start, span.end);
  });
}

/** Function names are kept: they appear in the stack of a trap. Other custom sections are not. */
function copyNames(info: ModuleInfo, out: ByteWriter): void {
  const section = info.customs.find(({ name }) => name === 'name');
  if (!section) return;
  out.section(Section.custom, () => {
    out.range(info.bytes, section.whole.start, section.whole.end);
  });
}
