/** Makes factory packages out of the template. */
export { type Fate } from './apply.ts';
export { runCommand, USAGE, type CommandValues } from './commands.ts';
export {
  generateAction,
  generateFactory,
  generateMethod,
  generateRole,
  type Report,
} from './generate.ts';
export { describeReport } from './describe-report.ts';
export {
  FIELD_TYPES,
  GeneratorError,
  PARTS,
  type ActionOption,
  type FactoryOptions,
  type FieldOption,
  type FieldType,
  type Part,
} from './options.ts';
export { renderFactory, type Files } from './render-factory.ts';
