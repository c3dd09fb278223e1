import { sha256 } from '../crypto/index.ts';
import { accepted, FabricaError } from './fabrica-error.ts';
import type { FactoryActor } from './factory-actor.ts';

/** Bytes of a piece: within the chunk store's limit of 1 MiB, and within a message. */
const PIECE_BYTES = 1_000_000;

/** A version as it is to be published. */
export interface VersionToPublish {
  /** Of the form 1.2.3: what the module says of itself, or the first upgrade to it is taken back. */
  readonly version: string;
  /** The module, as it is installed (gzipped or not). */
  readonly module: Uint8Array;
  /** For owners, at most 1,000 bytes. */
  readonly notes: string;
  /** False: a beta, which is made and upgraded to only on request. */
  readonly stable: boolean;
  /** Range of versions that may be upgraded to it; left out for all older ones. */
  readonly upgradableFrom?: string | undefined;
  /** SHA-256 of the Candid interface. */
  readonly candidHash: Uint8Array;
  /** What a comparison with the release before found, at most 500 bytes. */
  readonly compatibility: string;
}

/** How far an upload is. */
export interface UploadProgress {
  /** Pieces that are at the factory. */
  readonly present: number;
  readonly pieces: number;
}

/** What publishing came to. */
export interface Publication {
  /** SHA-256 of the module. */
  readonly moduleHash: Uint8Array;
  /** Pieces sent now; the rest was there already. */
  readonly sent: number;
  readonly pieces: number;
  /** True if the version had been registered before, with this very module. */
  readonly known: boolean;
}

type Publisher = Pick<
  FactoryActor,
  'getModuleChunks' | 'uploadModuleChunk' | 'registerVersion' | 'getVersions' | 'updateVersion'
>;

/**
 * Uploads a module to a factory in pieces, registers it as a version, and says what was found of its
 * interface. Every step may be repeated: cut short, it goes on where it was.
 *
 * @param factory whose caller is an administrator or publisher of it.
 * @throws FabricaError if the factory refuses, a piece arrives as another, or the version is registered with
 *   another module.
 */
export async function publishVersion(
  factory: Publisher,
  { version, module, notes, stable, upgradableFrom, candidHash, compatibility }: VersionToPublish,
  onProgress: (progress: UploadProgress) => void = () => undefined,
): Promise<Publication> {
  const moduleHash = sha256(module);
  const known = await registered(factory, version);
  if (known !== undefined && hex(known.moduleHash) !== hex(moduleHash)) {
    throw new FabricaError({
      code: 'client.version_taken',
      message: `${version} is registered with the module ${hex(known.moduleHash)}.`,
      action: 'Versions never change: raise the version and prepare it anew.',
    });
  }
  const pieces = piecesOf(module);
  let sent = 0;
  if (known === undefined) {
    sent = await upload(factory, pieces, onProgress);
    const chunks = pieces.map(({ hash }) => hash);
    accepted(await factory.registerVersion({ version, moduleHash, chunks, notes, stable }));
  }
  accepted(
    await factory.updateVersion(version, {
      stable: [stable],
      upgradableFrom: upgradableFrom === undefined ? [] : [upgradableFrom],
      candidHash: [candidHash],
      compatibility: [compatibility],
      deprecated: [],
    }),
  );
  return { moduleHash, sent, pieces: pieces.length, known: known !== undefined };
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

function piecesOf(module: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < module.length; at += PIECE_BYTES) {
    const bytes = module.subarray(at, at + PIECE_BYTES);
    pieces.push({ bytes, hash: sha256(bytes) });
  }
  return pieces;
}

/** Sends what is not there yet. @returns how many pieces were sent. */
async function upload(
  factory: Publisher,
  pieces: readonly Piece[],
  onProgress: (progress: UploadProgress) => void,
): Promise<number> {
  const stored = new Set(accepted(await factory.getModuleChunks()).map(hex));
  const missing = pieces.filter(({ hash }) => !stored.has(hex(hash)));
  const tell = (sent: number): void =>
    onProgress({ present: pieces.length - missing.length + sent, pieces: pieces.length });
  tell(0);
  for (const [at, { bytes, hash }] of missing.entries()) {
    const answered = accepted(await factory.uploadModuleChunk(bytes));
    if (hex(answered) !== hex(hash)) {
      throw new FabricaError({
        code: 'client.piece_garbled',
        message: `Piece ${at} arrived as ${hex(answered)}, and was ${hex(hash)}.`,
        action: 'Run the same command again.',
      });
    }
    tell(at + 1);
  }
  return missing.length;
}

function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a factory tells of a version, if it is registered there. */
async function registered(factory: Pick<Publisher, 'getVersions'>, version: string) {
  for (let cursor: [] | [number] = []; ; ) {
    const page: Awaited<ReturnType<typeof factory.getVersions>> = await factory.getVersions(
      cursor,
      [],
    );
    const found = page.versions.find((one) => one.version === version);
    if (found !== undefined || page.next.length === 0) return found;
    cursor = page.next;
  }
}
