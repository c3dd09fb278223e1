import { ok, type Result } from '@fabrica/core';
import type { ArchiveSettings } from '../../candid/archive.ts';
import { storageErrors } from '../../errors.ts';

const TRILLION = 1_000_000_000_000n;
const GIB = 2n ** 30n;

/** What stands while an administrator has set nothing. Nothing moves before the module is there. */
export const DEFAULTS: ArchiveSettings = {
  enabled: true,
  atEntries: 1_000_000,
  atBytes: GIB,
  moveEntries: 500_000,
  cycles: 4n * TRILLION,
  capacityBytes: 50n * GIB,
  alertPercent: 80,
};

/** The range of each number, both ends included. */
export const LIMITS = {
  atEntries: [20, 100_000_000],
  atBytes: [10_000, 100n * GIB],
  moveEntries: [10, 50_000_000],
  cycles: [TRILLION, 1_000n * TRILLION],
  capacityBytes: [20_000, 200n * GIB],
  alertPercent: [10, 99],
} as const;

/** Refuses settings out of their ranges, and those that could never be followed. */
export function checkSettings(settings: ArchiveSettings): Result<null> {
  for (const [name, [min, max]] of Object.entries(LIMITS)) {
    const value = settings[name as keyof typeof LIMITS];
    if (value < min || value > max) {
      return storageErrors.setting_out_of_range({ name, value, min, max });
    }
  }
  const { atEntries, moveEntries, atBytes, capacityBytes } = settings;
  if (moveEntries >= atEntries) {
    return storageErrors.settings_contradict({ less: 'moveEntries', than: 'atEntries' });
  }
  if (atBytes >= capacityBytes) {
    return storageErrors.settings_contradict({ less: 'atBytes', than: 'capacityBytes' });
  }
  return ok(null);
}
