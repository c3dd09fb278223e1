import { COMPARE } from './apply.ts';
import type { Report } from './generate.ts';

/** What a command did, a line for each file that is not as it was; and where to compare what was kept. */
export function describeReport({ files, registered }: Report): string {
  const lines: string[] = [];
  for (const [path, fate] of files) {
    if (fate === 'unchanged') continue;
    const hint = fate === 'kept' ? `  changed by hand; compare with ${COMPARE}/${path}` : '';
    lines.push(`  ${fate.padEnd(10)} ${path}${hint}`);
  }
  for (const path of registered) lines.push(`  registered ${path}`);
  const unchanged = [...files.values()].filter((fate) => fate === 'unchanged').length;
  if (unchanged > 0) lines.push(`  ${unchanged} files as they were`);
  return lines.join('\n');
}
