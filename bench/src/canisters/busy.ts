import { canister, handle } from '@fabrica/core/canister';
import { Busy } from './services.ts';

const spin = handle(Busy.methods.spin, (steps) => {
  const last = { value: 1 };
  for (let step = 0; step < steps; step += 1) {
    last.value = (last.value * 1103515245 + step) >>> 1;
  }
  return last.value;
});

export default canister({ service: Busy, methods: { spin } });
