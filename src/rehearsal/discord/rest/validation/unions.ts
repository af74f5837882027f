/**
 * Objects that come in kinds, told apart by their field `type`. Which kinds are taken depends on the place in the body.
 */
import { faults } from './faults.ts';
import { type Fields, fieldsOf, given, type Item, integerOf } from './fields.ts';

export interface Kind {
  readonly fields: Fields;
  readonly type: number;
}

/** Null when it is no object, or of a kind that this place does not take. */
export function kindOf(item: Item, types: readonly number[]): Kind | null {
  const fields = fieldsOf(item);
  if (!fields) return null;
  const value = given(fields, 'type');
  const spot = fields.spot.at('type');
  if (value === null) {
    spot.report(faults.required);
    return null;
  }
  const type = integerOf({ spot, value }, {});
  if (type === null) return null;
  if (types.includes(type)) return { fields, type };
  fields.spot.report(faults.unionType(types));
  return null;
}
