import type { TestProject } from 'vitest/node';
import { startReplica } from './start-replica.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The network that all tests on compiled canisters share; each makes an instance of its own. */
    replicaUrl: string;
    /** True on the real PocketIC server. */
    replicaIsReal: boolean;
  }
}

/** One network for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const replica = await startReplica();
  project.provide('replicaUrl', replica.url);
  project.provide('replicaIsReal', replica.real);
  return () => replica.close();
}
