import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { camel, pascal, snake, words } from './names.ts';
import { GeneratorError, type FactoryOptions } from './options.ts';

interface DfxJson {
  readonly canisters: Record<string, { readonly main?: string }>;
}

/**
 * Refuses a name that is taken in `dfx.json` by something else than this package.
 *
 * @throws GeneratorError that names the clash.
 */
export function checkCanisters(root: string, { id }: FactoryOptions): void {
  const { canisters } = readDfx(root);
  for (const name of [snake(id), `${snake(id)}_factory`]) {
    const taken = canisters[name];
    if (taken === undefined || taken.main?.startsWith(`factories/${id}/`) === true) continue;
    throw new GeneratorError(`dfx.json has a canister ${name} already. Choose another id.`);
  }
}

/** Lists the package's canisters in `dfx.json`, itself in `docs/factories.md`, and announces it. */
export async function register(root: string, options: FactoryOptions): Promise<string[]> {
  const { id } = options;
  const written: string[] = [];
  const dfx = readDfx(root);
  const name = snake(id);
  const src = `factories/${id}/src`;
  const added = {
    [name]: canister(
      id,
      name,
      `${src}/canister/contract/index.ts`,
      `${src}/candid.ts#${pascal(id)}Contract`,
    ),
    [`${name}_factory`]: canister(
      id,
      `${name}_factory`,
      `${src}/canister/factory.ts`,
      `${src}/factory-service.ts#${pascal(id)}Factory`,
    ),
  };
  if (dfx.canisters[name] === undefined) {
    const more = { ...dfx, canisters: { ...dfx.canisters, ...added } };
    writeFileSync(join(root, 'dfx.json'), `${JSON.stringify(more, null, 2)}\n`);
    written.push('dfx.json');
  }

  const docs = join(root, 'docs/factories.md');
  const text = readFileSync(docs, 'utf8');
  const listed = await withRow(text, options);
  if (listed !== text) {
    writeFileSync(docs, listed);
    written.push('docs/factories.md');
  }

  const changeset = `.changeset/${id}-factory.md`;
  if (written.includes('dfx.json') && !existsSync(join(root, changeset))) {
    const lines = [
      '---',
      `'@fabrica/${id}': minor`,
      '---',
      '',
      `Order a ${words(id)} contract.`,
      '',
    ];
    writeFileSync(join(root, changeset), lines.join('\n'));
    written.push(changeset);
  }
  return written;
}

/** The list of factories with the package's row as it should be now. */
async function withRow(list: string, { id, roles }: FactoryOptions): Promise<string> {
  const link = `| [${id}](../factories/${id})`;
  const row = `${link} | \`${camel(id)}Factory\` | ${roles.join(', ')} |`;
  const lines = list.trimEnd().split('\n');
  const at = lines.findIndex((line) => line.startsWith(link));
  lines.splice(at === -1 ? lines.length : at, 1, row);
  return format(lines.join('\n'), { parser: 'markdown', printWidth: 100 });
}

function canister(id: string, name: string, main: string, service: string) {
  return {
    type: 'custom',
    main,
    interface: service,
    candid: `factories/${id}/candid/${name}.did`,
    wasm: `.fabrica/canisters/${name}.wasm.gz`,
    build: `npm run build -- ${name}`,
    gzip: false,
    shrink: false,
    metadata: [{ name: 'candid:service', visibility: 'public' }],
  };
}

function readDfx(root: string): DfxJson {
  return JSON.parse(readFileSync(join(root, 'dfx.json'), 'utf8')) as DfxJson;
}
