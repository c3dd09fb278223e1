const UNITS = ['', ' k', ' M', ' G', ' T', ' P'] as const;

/** A number in four or five characters and a unit: `950`, `1.23 M`. */
export function short(value: number | bigint): string {
  let scaled = Number(value);
  let unit = 0;
  while (Math.abs(scaled) >= 1000 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  const text = Number.isInteger(scaled) ? String(scaled) : scaled.toPrecision(3);
  return `${text}${UNITS[unit]}`;
}

/** A size: `512 B`, `1.50 MiB`. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  const [scaled, unit] =
    size < 2 ** 20
      ? [size / 2 ** 10, 'KiB']
      : size < 2 ** 30
        ? [size / 2 ** 20, 'MiB']
        : [size / 2 ** 30, 'GiB'];
  return `${scaled < 1000 ? scaled.toPrecision(3) : scaled.toFixed(0)} ${unit}`;
}
