import fs from 'node:fs';

/** The functions by which a state folder is written: tests put failing ones in their place. */
export type StateFiles = Pick<
  typeof fs,
  'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'rmSync'
>;

/** The file system. */
export const FILES: StateFiles = fs;

/** Writes all of it: the system may take a part at a time. */
export function writeWhole(files: StateFiles, file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    done += files.writeSync(file, bytes, done, bytes.length - done);
  }
}

/** Has the disk confirm which files a folder holds. */
export function syncFolder(files: StateFiles, folder: string): void {
  const handle = files.openSync(folder, 'r');
  try {
    files.fsyncSync(handle);
  } finally {
    files.closeSync(handle);
  }
}
