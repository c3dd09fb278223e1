import type { RunFiles } from './run-files.ts';
import { STATUS_PATH, type ServerStatus } from './server-status.ts';
import { UsageError } from './usage-error.ts';

/** A server that was started by a person and answers. */
export interface FoundNetwork {
  readonly port: number;
  readonly url: string;
  readonly status: ServerStatus;
}

/** How long a server may take to answer, in ms: it may be installing code. */
const PATIENCE = 10_000;

/** The servers that answer. What others have left behind is removed. */
export async function findNetworks(files: RunFiles, port?: number): Promise<FoundNetwork[]> {
  const found: FoundNetwork[] = [];
  for (const [number, { pid, url }] of files.list()) {
    if (port !== undefined && number !== port) continue;
    const status = lives(pid) ? await statusOf(url) : null;
    if (status?.pid === pid) found.push({ port: number, url, status });
    else if (!lives(pid)) files.remove(number);
  }
  return found;
}

/** The one server meant. @throws UsageError if there is none, or there are several. */
export async function findNetwork(files: RunFiles, port?: number): Promise<FoundNetwork> {
  const [only, ...others] = await findNetworks(files, port);
  if (!only) {
    throw new UsageError(`no localnet is running${port === undefined ? '' : ` at port ${port}`}`);
  }
  if (others.length === 0) return only;
  const ports = [only, ...others].map((network) => network.port).join(', ');
  throw new UsageError(`several are running: name one by --port, of ${ports}`);
}

/** Whether a process is there. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function statusOf(url: string): Promise<ServerStatus | null> {
  try {
    const response = await fetch(url + STATUS_PATH, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? ((await response.json()) as ServerStatus) : null;
  } catch {
    return null;
  }
}
