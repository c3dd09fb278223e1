import { serveInstance } from '../http/serve-instance.ts';
import type { Instance } from '../instances/instance.ts';
import type { Json } from '../web/exact-json.ts';
import type { Fields } from '../web/fields.ts';
import type { HttpAnswer } from '../web/http.ts';
import { type Activity, listen, type Listener } from '../web/listener.ts';
import { badRequest, notFound } from '../web/request-error.ts';

interface Gateway {
  readonly listener: Listener;
  readonly instanceId: number;
}

/** Ports of their own at which instances are served to agents and browsers: PocketIC's `/http_gateway`. */
export class Gateways {
  /** By gateway id; null once stopped. */
  readonly #gateways: (Gateway | null)[] = [];
  readonly #activity: Activity | undefined;

  /** @param activity Is told of requests at these ports: they keep the server alive as well. */
  constructor(activity?: Activity) {
    this.#activity = activity;
  }

  /**
   * Opens a port for an instance.
   * @param find Finds an instance by its id, or throws.
   */
  async open(body: Fields, find: (id: number) => Instance): Promise<HttpAnswer> {
    for (const name of ['domains', 'https_config']) {
      if (body.raw(name) !== undefined) throw badRequest(`localnet has no option ${name}.`);
    }
    const instanceId = Number(body.object('forward_to').u64('PocketIcInstance'));
    const instance = find(instanceId);
    const port = body.raw('port') === undefined ? 0 : Number(body.u64('port'));
    if (port > 65_535) throw badRequest(`There is no port ${port}.`);
    const host = body.raw('ip_addr') === undefined ? {} : { host: body.text('ip_addr') };
    try {
      const listener = await listen(
        { port, ...host },
        (request) => serveInstance(instance, request),
        this.#activity,
      );
      const instance_id = this.#gateways.push({ listener, instanceId }) - 1;
      return { status: 201, json: { Created: { instance_id, port: listener.port } } };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { status: 400, json: { Error: { message } } };
    }
  }

  /** All open gateways. */
  list(): Json {
    return this.#gateways.flatMap((gateway, instance_id) => {
      if (!gateway) return [];
      const { listener, instanceId } = gateway;
      const forward_to = { PocketIcInstance: instanceId };
      return [{ instance_id, port: listener.port, domains: null, forward_to, https_config: null }];
    });
  }

  /** Closes a gateway. @throws RequestError 404 */
  async stop(id: string): Promise<void> {
    const gateway = /^\d+$/.test(id) ? this.#gateways[Number(id)] : undefined;
    if (!gateway) throw notFound(`Gateway ${id} not found or stopped.`);
    this.#gateways[Number(id)] = null;
    await gateway.listener.close();
  }

  /** Closes those of one instance, or all. */
  async close(instanceId?: number): Promise<void> {
    for (const [id, gateway] of this.#gateways.entries()) {
      if (!gateway || (instanceId !== undefined && gateway.instanceId !== instanceId)) continue;
      await this.stop(String(id));
    }
  }
}
