import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fate } from './apply.ts';
import { runCommand } from './commands.ts';
import type { Report } from './generate.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fabrica-generate-'));
  mkdirSync(join(root, 'docs'));
  mkdirSync(join(root, '.changeset'));
  mkdirSync(join(root, 'factories/token'), { recursive: true });
  const canisters = { token: { main: 'factories/token/src/canister/contract/index.ts' } };
  writeFileSync(join(root, 'dfx.json'), JSON.stringify({ version: 1, canisters }));
  const head = '| Factory | Definition | Roles |\n| --- | --- | --- |\n';
  writeFileSync(join(root, 'docs/factories.md'), head);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const ESCROW = { id: 'escrow', roles: 'buyer,seller', fields: 'amount:nat,deadline:nat64' };
const CANDID = 'factories/escrow/src/candid.ts';

describe('generate factory', () => {
  test('writes a package, two canisters, a row of the docs and a changeset', async () => {
    const { files, registered } = await runCommand(root, 'factory', ESCROW);
    expect(fates(files)).toEqual(['created']);
    expect(registered).toEqual(['dfx.json', 'docs/factories.md', '.changeset/escrow-factory.md']);
    const dfx = JSON.parse(read('dfx.json')) as { canisters: object };
    expect(Object.keys(dfx.canisters)).toEqual(['token', 'escrow', 'escrow_factory']);
    expect(read('docs/factories.md')).toMatch(/\[escrow\].*escrowFactory.*buyer, seller/);
    expect(read('.changeset/escrow-factory.md')).toContain("'@fabrica/escrow': minor");
    expect(read('factories/escrow/src/order-schema.ts')).toContain('deadline: c.nat64');
    for (const path of files.keys()) {
      expect(read(path), path).not.toMatch(/template|keeper|sample(Field|Method|Action)/i);
      expect(read(path), path).not.toMatch(/<\/?(role|field|method|action)>( -->)?$/m);
    }
  });

  test('does without the optional parts that nobody asked for', async () => {
    const all = await runCommand(root, 'factory', ESCROW);
    const optional = ['bench/cases.ts', 'bench/budgets.ts', 'test/budgets.test.ts'];
    for (const path of [...optional, 'test/releases.test.ts']) {
      expect(all.files.get(`factories/escrow/${path}`)).toBe('created');
    }
    const values = { ...ESCROW, id: 'bare', parts: 'releases', actions: 'release:buyer' };
    const { files } = await runCommand(root, 'factory', values);
    for (const path of optional) expect(files.has(`factories/bare/${path}`)).toBe(false);
    expect(files.has('factories/bare/test/releases.test.ts')).toBe(true);
    expect(files.has('factories/bare/src/canister/contract/release.ts')).toBe(true);
    // Later commands keep to it.
    const later = await runCommand(root, 'method', { factory: 'bare', name: 'total' });
    expect(later.files.has('factories/bare/bench/cases.ts')).toBe(false);
  });

  test('again changes nothing', async () => {
    await runCommand(root, 'factory', ESCROW);
    const { files, registered } = await runCommand(root, 'factory', ESCROW);
    expect(fates(files)).toEqual(['unchanged']);
    expect(registered).toEqual([]);
  });

  test('again leaves what was written by hand, and shows what it would have written', async () => {
    await runCommand(root, 'factory', ESCROW);
    appendFileSync(join(root, CANDID), '// mine\n');
    rmSync(join(root, 'factories/escrow/README.md'));
    const { files } = await runCommand(root, 'role', { factory: 'escrow', name: 'arbiter' });
    expect(files.get(CANDID)).toBe('kept');
    expect(read(CANDID)).toContain('// mine');
    expect(read(CANDID)).not.toContain('addArbiter');
    expect(read(`.fabrica/generated/${CANDID}`)).toContain('addArbiter');
    expect(files.get('factories/escrow/README.md')).toBe('left away');
    expect(files.get('factories/escrow/src/roles.ts')).toBe('updated');
  });
});

describe('generate role, method and action', () => {
  beforeEach(() => runCommand(root, 'factory', ESCROW));

  test('a role comes last, with its methods', async () => {
    const { files } = await runCommand(root, 'role', { factory: 'escrow', name: 'arbiter' });
    expect(files.get('factories/escrow/src/canister/contract/arbiters.ts')).toBe('created');
    expect(read('factories/escrow/src/roles.ts')).toContain("['buyer', 'seller', 'arbiter']");
    expect(read(CANDID)).toContain('removeArbiter');
    expect(read('docs/factories.md')).toContain('buyer, seller, arbiter');
  });

  test('a method is a file of its own', async () => {
    const { files } = await runCommand(root, 'method', { factory: 'escrow', name: 'totalDeeds' });
    expect(files.get('factories/escrow/src/canister/contract/total-deeds.ts')).toBe('created');
    expect(read(CANDID)).toContain('totalDeeds: query([], c.nat64)');
  });

  test('an action is for the members of its role', async () => {
    await runCommand(root, 'action', { factory: 'escrow', name: 'release', role: 'buyer' });
    const file = read('factories/escrow/src/canister/contract/release.ts');
    expect(file).toContain("refuseNonMember('buyer', context)");
    expect(read('factories/escrow/test/conformance.test.ts')).toContain("'release'");
  });

  test.each([
    ['role', { factory: 'escrow', name: 'buyer' }, 'two'],
    ['role', { factory: 'escrow', name: 'creator' }, 'creator already'],
    ['role', { factory: 'none', name: 'buyer' }, 'no factories/none'],
    ['method', { factory: 'escrow', name: 'index' }, 'two'],
    ['method', { factory: 'escrow', name: 'setVisibility' }, 'two'],
    ['method', { factory: 'escrow' }, '--name is missing'],
    ['action', { factory: 'escrow', name: 'release', role: 'arbiter' }, 'buyer, seller'],
  ])('%s %o is refused', async (command, values, reason) => {
    await expect(runCommand(root, command, values)).rejects.toThrow(reason);
  });

  test('roles that would move are refused: their positions are stored', async () => {
    const moved = { ...ESCROW, roles: 'seller,buyer' };
    await expect(runCommand(root, 'factory', moved)).rejects.toThrow('in this order');
  });
});

describe('a factory is refused', () => {
  test.each([
    ['Escrow', {}, 'lower-case'],
    ['e--e', {}, 'lower-case'],
    ['', {}, '--id is missing'],
    ['class', {}, 'word of JavaScript'],
    ['gateway', {}, "project's own"],
    ['my-factory', {}, 'Leave "-factory" away'],
    ['token', {}, 'not generated'],
    ['escrow', { roles: 'a,b,c,d,e,f,g,h' }, 'at most 7'],
    ['escrow', { roles: '' }, 'needs a role'],
    ['escrow', { roles: 'Buyer' }, 'camel case'],
    ['escrow', { roles: 'new' }, 'word of JavaScript'],
    ['escrow', { roles: 'view' }, 'two of the file'],
    ['escrow', { fields: 'name:text' }, 'two of the field'],
    ['escrow', { fields: 'amount:float' }, 'Use one of'],
    ['escrow', { fields: 'a:nat:nat' }, 'name:type'],
    ['escrow', { actions: 'release' }, 'name:role'],
    ['escrow', { actions: 'release:nobody' }, 'buyer, seller'],
    ['escrow', { parts: 'client' }, 'bench, releases'],
  ])('%s %o', async (id, values, reason) => {
    const made = runCommand(root, 'factory', { ...ESCROW, id, ...values });
    await expect(made).rejects.toThrow(reason);
    expect(existsSync(join(root, 'factories/escrow'))).toBe(false);
  });

  test('if dfx.json has a canister of that name elsewhere', async () => {
    const canisters = { escrow_factory: { main: 'elsewhere/main.ts' } };
    writeFileSync(join(root, 'dfx.json'), JSON.stringify({ version: 1, canisters }));
    await expect(runCommand(root, 'factory', ESCROW)).rejects.toThrow('escrow_factory already');
  });

  test('names like those of the template are taken as they are', async () => {
    const values = {
      id: 'gate-keeper',
      roles: 'bookkeeper,templateUser',
      fields: 'keeperNote:text',
    };
    await runCommand(root, 'factory', values);
    const roles = read('factories/gate-keeper/src/roles.ts');
    expect(roles).toContain("['bookkeeper', 'templateUser']");
    expect(read('factories/gate-keeper/src/definition.ts')).toContain("id: 'gate-keeper'");
    expect(read('factories/gate-keeper/src/order-schema.ts')).toContain('keeperNote: c.text');
  });
});

function fates(files: Report['files']): Fate[] {
  return [...new Set(files.values())];
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
