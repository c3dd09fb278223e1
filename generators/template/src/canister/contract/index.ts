import { canister } from '@fabrica/core/canister';

import { TemplateContract } from '../../candid.ts';
import { base } from './base.ts';
import { birth } from './birth.ts';
// <role>
import { addKeeper, getKeepers, removeKeeper } from './keepers.ts';
// </role>
// <action>
import { sampleAction } from './sample-action.ts';
// </action>
// <method>
import { sampleMethod } from './sample-method.ts';
// </method>
import { getActivity, getOrder } from './views.ts';

/** The contract's canister. */
export default canister({
  service: TemplateContract,
  init: birth,
  postUpgrade: () => base.postUpgrade(),
  methods: {
    ...base.methods,
    getOrder,
    getActivity,
    // <role>
    addKeeper,
    removeKeeper,
    getKeepers,
    // </role>
    // <method>
    sampleMethod,
    // </method>
    // <action>
    sampleAction,
    // </action>
  },
});
