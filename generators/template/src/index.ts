/** The template factory's package, for everyone but its canisters: definition, interface, client. */
export { TemplateContract } from './candid.ts';
export {
  encodeTemplateOrder,
  templateIdlFactory,
  type TemplateActor,
} from './client/template-client.ts';
export { templateFactory } from './definition.ts';
export { templateErrors } from './errors.ts';
export { TemplateFactory } from './factory-service.ts';
export { Activity } from './model/activity.ts';
export { LIMITS } from './model/limits.ts';
export { TemplateInit } from './order-schema.ts';
export { ROLES, type Role } from './roles.ts';
