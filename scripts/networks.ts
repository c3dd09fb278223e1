import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SignIdentity, type PublicKey, type Signature } from '@dfinity/agent';

/** A network that tools can reach: `.fabrica/networks/<name>.json`. */
export interface NetworkFile {
  /** What agents take as `host`. */
  readonly host: string;
  /** True if its root key is asked of itself, which only a network of one's own may be trusted with. */
  readonly fetchRootKey: boolean;
  /** The PEM file of who administers its canisters, relative to the root of the project. */
  readonly identity?: string;
  /** Canister ids by their names in `dfx.json`. */
  readonly canisters: Readonly<Record<string, string>>;
}

/** What needs no file: the Internet Computer itself. */
const MAINNET: NetworkFile = { host: 'https://icp-api.io', fetchRootKey: false, canisters: {} };

function fileOf(root: string, name: string, extension: string): string {
  return join(root, '.fabrica/networks', `${name}.${extension}`);
}

/**
 * The network of that name.
 *
 * @throws Error that says how to make it known.
 */
export function readNetwork(root: string, name: string): NetworkFile {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`"${name}" is not the name of a network.`);
  const file = fileOf(root, name, 'json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as NetworkFile;
  if (name === 'ic') return MAINNET;
  const hint =
    name === 'local' ? 'Start it in another terminal: npm start' : `Describe it in ${file}`;
  throw new Error(`There is no network "${name}". ${hint}`);
}

/**
 * Makes a running network known to tools.
 *
 * @param seed of the Ed25519 key of who administers it, 32 bytes.
 * @returns what forgets it again.
 */
export function writeNetwork(
  root: string,
  name: string,
  network: Omit<NetworkFile, 'identity'>,
  seed: Uint8Array,
): () => void {
  const [file, key] = [fileOf(root, name, 'json'), fileOf(root, name, 'pem')];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(key, pemOf(seed), { mode: 0o600 });
  const identity = `.fabrica/networks/${name}.pem`;
  writeFileSync(file, `${JSON.stringify({ ...network, identity }, null, 2)}\n`);
  return () => {
    rmSync(file, { force: true });
    rmSync(key, { force: true });
  };
}

/** What stands before the seed in a PKCS #8 file of an Ed25519 key. https://www.rfc-editor.org/rfc/rfc8410 */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function pemOf(seed: Uint8Array): string {
  const der = Buffer.concat([PKCS8_ED25519, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();
}

/** Who signs with the key of a PEM file: Ed25519, secp256k1 or P-256, as `dfx` and `icp` export them. */
export class PemIdentity extends SignIdentity {
  readonly #key: KeyObject;
  readonly #der: Uint8Array;

  /** @throws Error if the text holds no private key, or an encrypted one. */
  constructor(pem: string) {
    super();
    this.#key = createPrivateKey(pem);
    const kind = this.#key.asymmetricKeyType;
    if (kind !== 'ed25519' && kind !== 'ec') throw new Error(`A key of kind ${kind} cannot sign.`);
    const spki = createPublicKey(this.#key).export({ format: 'der', type: 'spki' });
    this.#der = new Uint8Array(spki);
  }

  getPublicKey(): PublicKey {
    return { toDer: () => this.#der as ReturnType<PublicKey['toDer']> };
  }

  sign(message: Uint8Array): Promise<Signature> {
    // Ed25519 hashes by itself.
    const algorithm = this.#key.asymmetricKeyType === 'ec' ? 'sha256' : null;
    const signature = sign(algorithm, message, { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return Promise.resolve(new Uint8Array(signature) as Uint8Array as Signature);
  }
}
