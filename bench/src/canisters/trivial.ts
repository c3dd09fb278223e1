import { canister, handle } from '@fabrica/core/canister';
import { Trivial } from './services.ts';

const { methods } = Trivial;

export default canister({
  service: Trivial,
  methods: {
    read: handle(methods.read, () => undefined),
    write: handle(methods.write, () => undefined),
  },
});
