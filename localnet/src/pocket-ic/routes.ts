import { createHash } from 'node:crypto';

import { answerAgent } from '../http/agent-api.ts';
import { Instance, type PrintLine } from '../instances/instance.ts';
import { Network, NetworkError, type NetworkOptions } from '../replica/index.ts';
import { BlobStore } from './blob-store.ts';
import { Computations } from './computations.ts';
import { type HttpAnswer, type HttpRequest, jsonFields } from '../web/http.ts';
import { Gateways } from './gateways.ts';
import { OPERATIONS } from './operations.ts';
import type { Activity, OnAbort } from '../web/listener.ts';
import { notFound, RequestError } from '../web/request-error.ts';
import { subnetSpecs, topologyJson } from './subnets.ts';

/** PocketIC's REST interface: many networks, one blob store. */
export class Routes {
  /** By instance id; null once deleted. */
  readonly #instances: (Instance | null)[] = [];
  readonly #blobs = new BlobStore();
  readonly #computations = new Computations();
  readonly #gateways: Gateways;
  readonly #print: PrintLine | null;

  /**
   * @param print Where canisters print; null for nowhere.
   * @param activity Is told of requests to the ports of gateways.
   */
  constructor(print: PrintLine | null, activity?: Activity) {
    this.#print = print;
    this.#gateways = new Gateways(activity);
  }

  /** Answers a request. Never rejects: failures become error answers. */
  async answer(request: HttpRequest, onAbort: OnAbort): Promise<HttpAnswer> {
    try {
      return await this.#route(request, onAbort);
    } catch (error) {
      return errorAnswer(error);
    }
  }

  /** Makes a network. */
  open(options: NetworkOptions): { readonly id: number; readonly instance: Instance } {
    return this.adopt(new Network(options));
  }

  /** Takes in a network that is there already. */
  adopt(network: Network): { readonly id: number; readonly instance: Instance } {
    const instance = new Instance(network, this.#print);
    return { id: this.#instances.push(instance) - 1, instance };
  }

  /** Ends all networks. */
  async close(): Promise<void> {
    for (const instance of this.#instances) instance?.close();
    await this.#gateways.close();
  }

  async #route(request: HttpRequest, onAbort: OnAbort): Promise<HttpAnswer> {
    const [, collection, first, ...rest] = request.path.split('/');
    const endpoint = `${request.method} ${collection ?? ''}`;
    const depth = request.path.split('/').length - 1;

    if (endpoint === 'GET status' && depth === 1) return { status: 200, text: '' };
    if (endpoint === 'GET instances' && depth === 1) {
      const json = this.#instances.map((instance) => (instance ? 'Available' : 'Deleted'));
      return { status: 200, json };
    }
    if (endpoint === 'POST instances' && depth === 1) return this.#create(request);
    if (endpoint === 'DELETE instances' && depth === 2) return await this.#delete(first!);
    if (endpoint === 'POST blobstore' && depth === 1) {
      const id = await this.#blobs.put(request.body, request.headers['content-encoding']);
      return { status: 200, text: id };
    }
    if (endpoint === 'GET blobstore' && depth === 2) {
      return { status: 200, bytes: this.#blobs.get(first!) };
    }
    if (endpoint === 'GET read_graph' && depth === 3) {
      return { status: 200, json: await this.#computations.read(first!, rest[0]!) };
    }
    if (endpoint === 'POST http_gateway' && depth === 1) {
      return await this.#gateways.open(jsonFields(request), (id) => this.#instance(String(id)));
    }
    if (endpoint === 'GET http_gateway' && depth === 1) {
      return { status: 200, json: this.#gateways.list() };
    }
    if (endpoint === 'POST http_gateway' && depth === 3 && rest[0] === 'stop') {
      await this.#gateways.stop(first!);
      return { status: 200, json: null };
    }
    if (collection === 'instances' && depth > 2 && rest[0] === 'api') {
      return await answerAgent(this.#instance(first!), request, rest.slice(1));
    }
    if (collection === 'instances' && depth > 2) {
      return await this.#operate(request, first!, rest.join('/'), onAbort);
    }
    throw unknownEndpoint(request);
  }

  #create(request: HttpRequest): HttpAnswer {
    try {
      const { id: instance_id, instance } = this.open({
        subnets: subnetSpecs(jsonFields(request)),
      });
      const topology = topologyJson(instance.network.topology);
      return { status: 201, json: { Created: { instance_id, topology } } };
    } catch (error) {
      if (!(error instanceof RequestError || error instanceof NetworkError)) throw error;
      return { status: 400, json: { Error: { message: error.message } } };
    }
  }

  async #delete(id: string): Promise<HttpAnswer> {
    this.#instance(id).close();
    this.#instances[Number(id)] = null;
    await this.#gateways.close(Number(id));
    return { status: 200, text: '' };
  }

  async #operate(
    request: HttpRequest,
    id: string,
    path: string,
    onAbort: OnAbort,
  ): Promise<HttpAnswer> {
    const instance = this.#instance(id);
    const operation = OPERATIONS[`${request.method} ${path}`];
    if (!operation) throw unknownEndpoint(request);
    const key = createHash('sha256')
      .update(`${request.method} ${request.path}?${request.query.toString()}\n`)
      .update(request.body)
      .digest('hex');
    const context = {
      instance,
      network: instance.network,
      blobs: this.#blobs,
      body: jsonFields(request),
      query: request.query,
    };
    const running = this.#computations.start(key, () =>
      instance.run(async () => await operation(context)),
    );
    onAbort(() => {
      this.#computations.abandon(key, running);
    });
    const waited = await this.#computations.wait(running);
    if ('ticket' in waited) return { status: 202, json: { ...waited.ticket } };
    return { status: 200, json: waited.answer };
  }

  #instance(id: string): Instance {
    const instance = /^\d+$/.test(id) ? this.#instances[Number(id)] : undefined;
    if (!instance) throw notFound(`Instance ${id} not found or deleted.`);
    return instance;
  }
}

function unknownEndpoint({ method, path }: HttpRequest): RequestError {
  return notFound(`localnet has no endpoint ${method} ${path}.`);
}

/** PocketIC names its errors in the form of Rust's debug output. */
function errorAnswer(error: unknown): HttpAnswer {
  if (error instanceof RequestError)
    return { status: error.status, json: { message: error.message } };
  if (error instanceof NetworkError) {
    return { status: 400, json: { message: `${error.code}(${error.message})` } };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, json: { message: `localnet failed: ${text}` } };
}
