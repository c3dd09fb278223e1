import { parseCommandLine, USAGE, UsageError } from './command-line.ts';
import { PortFile } from './port-file.ts';
import { type RunningServer, startServer } from './server.ts';

/**
 * Runs the command until it is done (canisters print to stderr), and sets the process's exit code.
 * @param args The arguments after the program's name.
 */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const command = parseCommandLine(args);
    if (command.kind === 'help') {
      console.log(USAGE);
      return;
    }
    const server = await startServer({ ...command.server, print: console.error });
    if (command.portFile === null) console.log(`localnet listens on ${server.url}`);
    await serveUntilStopped(server, command.portFile);
  } catch (error) {
    if (!(error instanceof UsageError) && !isSystemError(error)) throw error;
    console.error(`localnet: ${error.message}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
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
