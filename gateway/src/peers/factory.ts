import { factoryMethods } from '@fabrica/core';
import { service } from '@fabrica/core/candid';

/** What the gateway calls of a factory, whatever the factory makes. */
export const Factory = service('Factory', {
  validateOrder: factoryMethods.validateOrder,
  createContract: factoryMethods.createContract,
  cancelDeployment: factoryMethods.cancelDeployment,
  getFactoryHealth: factoryMethods.getFactoryHealth,
});
