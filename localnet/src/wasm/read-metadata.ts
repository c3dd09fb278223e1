import { atMost } from './check-module.ts';
import { LIMITS } from './limits.ts';
import type { ModuleInfo } from './module-info.ts';
import { ModuleRefused } from './module-refused.ts';

/** A custom section that the network serves to callers. */
export interface Metadata {
  /** Readable by all, or by controllers only. */
  readonly visibility: 'public' | 'private';
  readonly content: Uint8Array;
}

const SCOPED = /^icp:(public|private) (.*)$/s;

/** Reads the custom sections `icp:public <name>` and `icp:private <name>`. */
export function readMetadata(info: ModuleInfo): ReadonlyMap<string, Metadata> {
  const metadata = new Map<string, Metadata>();
  let size = 0;
  for (const section of info.customs) {
    if (!section.name.startsWith('icp:')) continue;
    const scoped = SCOPED.exec(section.name);
    if (!scoped) {
      throw invalid(`Custom section '${section.name}' has no public/private scope defined.`);
    }
    const name = scoped[2]!;
    if (metadata.has(name)) throw invalid(`name ${name} already exists`);
    // A copy: the module as sent must not stay in memory for the sake of its metadata.
    const content = info.bytes.slice(section.content.start, section.content.end);
    size += content.length + Buffer.byteLength(name);
    if (size > LIMITS.metadataBytes) {
      throw invalid(
        `total size of the custom sections exceeds the maximum allowed: size ${size} bytes, allowed ${LIMITS.metadataBytes} bytes`,
      );
    }
    metadata.set(name, { visibility: scoped[1] as Metadata['visibility'], content });
  }
  atMost(metadata.size, LIMITS.metadataSections, 'custom sections');
  return metadata;
}

function invalid(reason: string): ModuleRefused {
  return new ModuleRefused(
    `Wasm module has an invalid custom section. Invalid custom section: ${reason}`,
  );
}
