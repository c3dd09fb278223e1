import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * What a door of a package exports, by name, one a line and sorted; types are marked. Doors re-export by name
 * (guideline A5), so that nothing else has to be read.
 *
 * @throws Error if the file does anything else than export by name.
 */
export function surfaceOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => exportsOf(statement, file)).sort();
}

function exportsOf(statement: ts.Statement, file: string): string[] {
  if (ts.isImportDeclaration(statement)) return [];
  const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
  if (clause === undefined || !ts.isNamedExports(clause) || !ts.isExportDeclaration(statement)) {
    throw new Error(`${file} does more than export by name`);
  }
  return clause.elements.map((element) => {
    const isType = statement.isTypeOnly || element.isTypeOnly;
    return isType ? `type ${element.name.text}` : element.name.text;
  });
}
