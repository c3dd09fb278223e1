/** One figure. Names and types as Prometheus has them: https://prometheus.io/docs/practices/naming */
export interface Metric {
  /** Lower-case letters, digits and underscores; unit at the end, as in `_cycles` or `_seconds`. */
  readonly name: string;
  readonly help: string;
  /** A counter only grows; a gauge goes both ways. */
  readonly type: 'counter' | 'gauge';
  readonly value: bigint | number;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Metrics in Prometheus's text format, version 0.0.4.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 *
 * Metrics of one name must stand together; their help is printed once.
 */
export function renderMetrics(metrics: readonly Metric[]): string {
  let text = '';
  let last = '';
  for (const { name, help, type, value, labels } of metrics) {
    if (name !== last) text += `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
    text += `${name}${renderLabels(labels)} ${value}\n`;
    last = name;
  }
  return text;
}

function renderLabels(labels: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escapeHelp = (text: string): string => text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
const escapeLabel = (text: string): string => escapeHelp(text).replace(/"/g, '\\"');
