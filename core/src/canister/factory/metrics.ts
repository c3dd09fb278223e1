import type { Metric } from '../../http/index.ts';
import type { Context } from '../runtime/context.ts';
import { healthOf } from './health.ts';
import type { Kernel } from './kernel.ts';

const NANOSECONDS = 1_000_000_000;

/** What a scraper gets: all of `getFactoryHealth`, under names that stay. */
export function metrics(kernel: Kernel, context: Context): Metric[] {
  const health = healthOf(kernel, context);
  const { upgrades, reports, indexes, relationships } = health;
  const metric =
    (type: Metric['type']) =>
    (name: string, help: string, value: bigint | number, labels: Record<string, string> = {}) => ({
      name: `fabrica_factory_${name}`,
      help,
      type,
      value,
      labels: { factory: kernel.definition.id, ...labels },
    });
  const gauge = metric('gauge');
  const counter = metric('counter');
  const ended = upgrades.committed + upgrades.restored + upgrades.failed;
  const drift = indexes === null ? 0 : indexes.sets + indexes.rows + indexes.surplus;
  return [
    gauge('healthy', '1 if it would take an order now.', health.healthy ? 1 : 0),
    gauge('paused', '1 if an administrator paused it.', health.paused ? 1 : 0),
    gauge('balance_cycles', 'Cycles held.', health.cycles),
    gauge('spendable_cycles', 'Cycles that the platform does not keep back.', health.spendable),
    gauge('reserve_cycles', 'Cycles kept back.', health.reserve),
    ...(health.freezesIn === null
      ? []
      : [gauge('freezes_in_seconds', 'Seconds until it freezes if idle.', health.freezesIn)]),
    counter('contracts_total', 'Contracts made.', health.contracts),
    counter('failed_total', 'Orders that ended without a contract.', health.failed),
    ...health.byStatus.map(({ name, contracts }) =>
      gauge('contracts_by_status', 'Contracts that have a status.', contracts, { status: name }),
    ),
    ...health.byVersion.map(({ name, contracts }) =>
      gauge('contracts_by_version', 'Contracts that run a version.', contracts, { version: name }),
    ),
    gauge('under_way', 'Deployments begun and not ended.', health.underWay),
    gauge('spares', 'Empty canisters of failed deployments.', health.spares),
    counter('callbacks_total', 'Events taken from contracts.', health.callbacks),
    ...health.events.map(({ name, count }) =>
      counter('events_total', 'Events of the domain.', count, { event: name }),
    ),
    counter('events_dropped_total', 'Events that contracts gave up.', reports.dropped),
    counter('contracts_reborn_total', 'Contracts reinstalled or put back.', reports.reborn),
    counter('snapshots_total', 'Snapshots that contracts sent.', reports.snapshots),
    gauge('callback_lag_seconds', 'Wait of the last late event.', seconds(reports.lastLag)),
    gauge('callback_lag_longest_seconds', 'Longest wait of an event.', seconds(reports.longestLag)),
    gauge('upgrades_under_way', 'Upgrades begun and not ended.', upgrades.underWay),
    counter('upgrades_committed_total', 'Upgrades that worked.', upgrades.committed),
    counter('upgrades_restored_total', 'Upgrades taken back.', upgrades.restored),
    counter('upgrades_failed_total', 'Upgrades that changed nothing.', upgrades.failed),
    ...(ended === 0
      ? []
      : [gauge('upgrade_success_ratio', 'Share that worked.', upgrades.committed / ended)]),
    gauge(
      'refreshes_waiting',
      'Changed contracts whose rows are brought up to date.',
      health.refreshesWaiting,
    ),
    ...health.ages.map(({ name, seconds: age }) =>
      gauge('oldest_open_seconds', 'Age of the oldest open work.', age, { work: name }),
    ),
    gauge('relationships_waiting', 'Changes gateways are to be told of.', relationships.waiting),
    counter('relationships_refused_total', 'Reports not taken.', relationships.refused),
    counter('relationships_overflows_total', 'Times too many waited.', relationships.overflows),
    gauge('snapshots_waiting', 'Snapshots being taken in.', health.snapshotsWaiting),
    gauge('index_drift', 'What the last check found wrong in lists and sets.', drift),
    gauge('index_checked', 'Contracts that the last check looked at.', indexes?.contracts ?? 0),
  ];
}

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / NANOSECONDS;
}
