import { StateError } from '../state-dir/state-error.ts';
import { type Command, parseCommandLine, USAGE } from './command-line.ts';
import { showStatus, stopNetwork } from './people.ts';
import { PortFile } from './port-file.ts';
import { RunFiles } from './run-files.ts';
import type { RunningServer } from './server.ts';
import { showTop } from './top.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs the command until it is done (canisters print to stderr), and sets the process's exit code: 2 for
 * wrong arguments, 1 for what failed, or `status` when nothing runs.
 * @param args The arguments after the program's name.
 */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await run(parseCommandLine(args));
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof StateError) && !isSystemError(error)) {
      throw error;
    }
    console.error(`localnet: ${error.message}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

async function run(command: Command): Promise<void> {
  const files = new RunFiles();
  switch (command.kind) {
    case 'help':
      console.log(USAGE);
      return;
    case 'status':
      if (!(await showStatus(files, command))) process.exitCode = 1;
      return;
    case 'stop':
      return await stopNetwork(files, command);
    case 'top':
      return await showTop(files, command);
    case 'start': {
      // Only here: what else a person asks for shall not wait for the replica to be loaded.
      const { startServer } = await import('./server.ts');
      const server = await startServer({ ...command.server, print: console.error });
      if (command.portFile !== null) return await serveUntilStopped(server, command.portFile);
      const remove = files.add(server.port, { pid: process.pid, url: server.url });
      console.log(`localnet listens on ${server.url}`);
      await serveUntilStopped(server, null).finally(remove);
    }
  }
}

/** Serves until a signal or the time limit. If the port file is another server's, ends at once. */
async function serveUntilStopped(server: RunningServer, path: string | null): Promise<void> {
  const portFile = path === null ? null : new PortFile(path);
  const stop = (): void => void server.close();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  try {
    if (portFile && !(await portFile.claim(server.port))) {
      await server.close();
      return;
    }
    await server.closed;
    await portFile?.remove();
  } finally {
    await server.close();
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
