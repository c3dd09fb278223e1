/** A request that cannot be served. Its message goes to the client as `{message}`. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** 400: the request is wrong. PocketIC's texts are the Rust debug form of its errors. */
export function badRequest(message: string, cause?: unknown): RequestError {
  return new RequestError(400, message, { cause });
}

/** 403: the sender has no right to it. */
export function forbidden(message: string): RequestError {
  return new RequestError(403, message);
}

/** 404: there is no such thing. */
export function notFound(message: string): RequestError {
  return new RequestError(404, message);
}
