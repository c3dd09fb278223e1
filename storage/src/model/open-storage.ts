import type { Schema } from '@fabrica/core/candid';
import { keyspaces, type ByteStore } from '@fabrica/core/store';
import { Access } from './access.ts';
import { Adoption } from './archive/adoption.ts';
import { Archives } from './archive/archives.ts';
import { Book, type Recorded } from './book.ts';
import type { Index } from './indexes.ts';
import { Intake } from './intake.ts';
import { Log } from './log.ts';
import { PagedLists } from './paged-lists.ts';
import { Reader } from './reader.ts';
import { Sequences } from './sequences.ts';

/** Where every storage keeps its state, besides its indexes. */
export interface CommonSpaces {
  readonly tip: ByteStore;
  readonly entries: ByteStore;
  readonly whitelist: ByteStore;
  readonly sequences: ByteStore;
  /** Everything about archives; see {@link archiveSpaces}. */
  readonly archive: ByteStore;
}

/** What indexes are made with. */
export interface IndexParts {
  readonly log: Log;
  /** Remembers how far each user's rows were archived. */
  readonly releasedRows: ByteStore;
  /** Takes the numbers of archived entries that no list of the log has. */
  readonly archivedNumbers: PagedLists;
}

/** Times in a stored page. */
const TIMES_PER_PAGE = 256;
/** Numbers in a stored page of archived entries. */
const ARCHIVED_PER_PAGE = 256;

/** The parts of a space about archives. Append-only: a number is never given to something else. */
const archiveSpaces = (space: ByteStore) =>
  keyspaces(space, {
    held: 0,
    archives: 1,
    origin: 2,
    times: 3,
    releasedRows: 4,
    archivedNumbers: 5,
  });

/** What tells one storage from the other. */
export interface Kind<Entry extends Recorded, Indexes> {
  /** What the hashes of its log begin with; see `domainBlock`. */
  readonly domain: string;
  readonly schema: Schema<Entry, unknown>;
  readonly ownerOf: (entry: Entry) => Uint8Array | null;
  readonly indexes: (parts: IndexParts) => Indexes;
}

/** A storage on its state. `intake` is still to be told how an event becomes an entry. */
export function openStorage<
  Entry extends Recorded,
  Indexes extends Readonly<Record<string, Index<Entry>>>,
>(spaces: CommonSpaces, { domain, schema, ownerOf, indexes: open }: Kind<Entry, Indexes>) {
  const space = archiveSpaces(spaces.archive);
  const log = new Log({ ...spaces, held: space.held }, domain);
  const indexes = open({
    log,
    releasedRows: space.releasedRows,
    archivedNumbers: new PagedLists(space.archivedNumbers, ARCHIVED_PER_PAGE),
  });
  const times = new PagedLists(space.times, TIMES_PER_PAGE);
  const book = new Book<Entry>(log, { schema, indexes: Object.values(indexes), times, ownerOf });
  const access = new Access(spaces.whitelist);
  const sequences = new Sequences(spaces.sequences, log);
  const archives = new Archives(space.archives, log);
  const adoption = new Adoption(space.origin, log);
  const parts = { book, access, sequences, archives, adoption };
  return {
    ...parts,
    log,
    indexes,
    reader: new Reader(parts),
    intakeOf: <Event>(entryOf: ConstructorParameters<typeof Intake<Event, Entry>>[1]) =>
      new Intake<Event, Entry>(parts, entryOf),
  };
}
