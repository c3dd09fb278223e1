import { Principal } from '@dfinity/principal';
import type { MethodSpec, Schema } from '@fabrica/core/candid';

/**
 * Some value of a schema, as agents shape it: the smallest there is. A call made of these decodes, and
 * asks for nothing that makes sense.
 */
export function sampleValue(schema: Schema): unknown {
  switch (schema.kind) {
    case 'text':
      return '';
    case 'blob':
      return new Uint8Array();
    case 'opt':
    case 'vec':
      return [];
    case 'record':
      return Object.fromEntries(
        schema.fields.map(({ label, schema: field }) => [label, sampleValue(field)]),
      );
    case 'tuple':
      return schema.fields.map(({ schema: field }) => sampleValue(field));
    case 'variant': {
      const [first] = schema.fields;
      return { [first!.label]: sampleValue(first!.schema) };
    }
    case 'rec':
      return sampleValue(schema.unfold());
    case 'principal':
      return Principal.anonymous();
    case 'bool':
      return false;
    case 'null':
    case 'reserved':
      return null;
    case 'nat':
    case 'int':
    case 'nat64':
    case 'int64':
      return 0n;
    case 'func':
      return [Principal.anonymous(), ''];
    case 'service':
      return Principal.anonymous();
    case 'empty':
      throw new Error('There is no value of type empty');
    default:
      return 0;
  }
}

/** Arguments of a method, all {@link sampleValue}s. */
export function sampleArguments({ args }: MethodSpec): unknown[] {
  return args.map(sampleValue);
}
