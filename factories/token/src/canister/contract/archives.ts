import { ArchiveBook } from '../../model/archive/archive-book.ts';
import { space } from './memory.ts';

/** The ledger's archives. */
export const archives = new ArchiveBook(space.archives);
