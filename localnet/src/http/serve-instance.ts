import type { Instance } from '../instances/instance.ts';
import type { HttpAnswer, HttpRequest } from '../web/http.ts';
import { addressedCanister } from './addressed-canister.ts';
import { answerAgent } from './agent-api.ts';
import { serveCanister } from './canister-http.ts';

/** Whether a request to the root of a server is one for a network: an agent's, or one to a canister. */
export function isForInstance(request: HttpRequest): boolean {
  return isAgents(request.path) || addressedCanister(request) !== null;
}

/** Serves a network at the root: agents below `/api`, and canisters that answer HTTP. */
export async function serveInstance(instance: Instance, request: HttpRequest): Promise<HttpAnswer> {
  if (isAgents(request.path)) {
    return await answerAgent(instance, request, request.path.split('/').slice(2));
  }
  const canister = addressedCanister(request);
  if (canister !== null) return await serveCanister(instance, request, canister);
  const text =
    'Name a canister: http://<canister id>.localhost:<port>/ or ?canisterId=<canister id>.';
  return { status: 400, text };
}

function isAgents(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}
