/** What applications and tools need to talk to any factory. Runs in browsers. */
export { accepted, FabricaError } from './fabrica-error.ts';
export { factoryIdlFactory, FactoryService, type FactoryActor } from './factory-actor.ts';
export {
  publishVersion,
  type Publication,
  type UploadProgress,
  type VersionToPublish,
} from './publish-version.ts';
