import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A fenced block of a page: a command, a file or a change of one. */
export interface Step {
  readonly language: string;
  readonly text: string;
}

const FENCED = /^```(sh|ts|diff)\n([\s\S]*?)^```$/gm;

/** The steps of a page, first to last. */
export function stepsOf(page: string): Step[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(FENCED)].map(([, language, block]) => ({
    language: language!,
    text: block!,
  }));
}

/**
 * Takes a step in a copy of the project: runs the commands, writes the file that the first line names, or
 * applies the change. @throws Error with the output of what failed.
 */
export async function take({ language, text }: Step, root: string): Promise<void> {
  if (language === 'sh') for (const line of text.trim().split('\n')) await run(root, line);
  else if (language === 'diff') await run(root, 'git apply -', text);
  else write(root, text);
}

function write(root: string, text: string): void {
  const [, path, content] = /^\/\/ (\S+)\n([\s\S]*)$/.exec(text) ?? [];
  if (path === undefined || content === undefined) {
    throw new Error(`A file without a path in its first line:\n${text.slice(0, 200)}`);
  }
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Runs a command. @throws Error with what it said if it fails. */
export async function run(cwd: string, command: string, input = ''): Promise<void> {
  await output(cwd, command, input);
}

/** What a command prints. @throws Error with what it said if it fails. */
export function output(cwd: string, command: string, input = ''): Promise<string> {
  const [program, ...parameters] = command.split(' ');
  const child = spawn(program!, parameters, { cwd });
  let said = '';
  let printed = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    printed += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${command}: exit code ${code}\n${said}`));
    });
  });
}
