/** A table of a status page. */
export interface Section {
  readonly title: string;
  /** Each row as long as the first, which is the head. */
  readonly rows: readonly (readonly string[])[];
}

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}' +
  'table{border-collapse:collapse;margin:.5em 0 2em}td,th{padding:.25em 1em .25em 0;text-align:left;' +
  'border-bottom:1px solid #ddd}th{font-weight:600}.bad{color:#b00020}.good{color:#1b6e2c}';

/** A status page for people: one file, no scripts. Every value is escaped. */
export function renderPage(title: string, healthy: boolean, sections: readonly Section[]): string {
  const state = healthy
    ? '<p class="good">Everything works.</p>'
    : '<p class="bad">Needs attention.</p>';
  const tables = sections.map(({ title: head, rows }) => `<h2>${escape(head)}</h2>${table(rows)}`);
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width">' +
    `<title>${escape(title)}</title><style>${STYLE}</style>` +
    `<h1>${escape(title)}</h1>${state}${tables.join('')}</html>`
  );
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line(head, 'th')}${body.map((row) => line(row, 'td')).join('')}</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
