import { host } from './host.ts';

/** Ends a message that failed after it waited; not while it is cleaned up after a trap. */
export function trap(error: unknown): void {
  const { type, name, message, stack } = error as Error & { readonly type?: string };
  if (type === 'CleanupCallback') return;
  host.trap(`Uncaught ${name}: ${message}\n${stack}`);
}
