import type { Network } from '../replica/index.ts';

/** Waits until a message is answered, for some milliseconds at most. Tells whether it is. */
export async function answeredWithin(
  network: Network,
  id: Uint8Array,
  milliseconds: number,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, milliseconds);
  });
  try {
    return await Promise.race([network.whenAnswered(id).then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
