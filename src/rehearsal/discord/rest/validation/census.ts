/**
 * What has to be counted over all components of one message or modal: identifiers, which must differ, how many there are, and how
 * much text they show.
 */
import { componentFaults, unquoted } from './faults.ts';
import { characters, type Fields, type Item, integer, text } from './fields.ts';
import { type Kind, kindOf } from './unions.ts';

export interface Census {
  /** Counts one component; null when this place does not take its type. */
  component(item: Item, types: readonly number[]): Kind | null;
  /** @param required false for buttons, which have a rule of their own. */
  customId(component: Fields, required: boolean): void;
  shows(content: string): void;
  readonly components: number;
  readonly characters: number;
  /** What Discord stores of the texts: bytes of UTF-8. */
  readonly bytes: number;
  readonly texts: number;
}

const CUSTOM_ID = { min: 1, max: 100 } as const;
const MAX_ID = 2 ** 31 - 1;

export function createCensus(): Census {
  const customIds = new Set<string>();
  const ids = new Set<number>();
  const sum = { components: 0, characters: 0, bytes: 0, texts: 0 };
  const checkId = (component: Fields): void => {
    const id = integer(component, 'id', { min: 0, max: MAX_ID });
    if (id !== null && ids.has(id)) component.spot.at('id').report(unquoted.duplicateId);
    // Zero stands for "give it one".
    if (id !== null && id !== 0) ids.add(id);
  };
  return {
    component(item, types) {
      sum.components++;
      const kind = kindOf(item, types);
      if (kind) checkId(kind.fields);
      return kind;
    },
    customId(component, required) {
      const id = text(component, 'custom_id', { required, ...CUSTOM_ID });
      if (id !== null && customIds.has(id)) component.spot.at('custom_id').report(componentFaults.duplicateCustomId);
      if (id !== null) customIds.add(id);
    },
    shows(content) {
      sum.texts++;
      sum.characters += characters(content);
      sum.bytes += Buffer.byteLength(content);
    },
    get components() {
      return sum.components;
    },
    get characters() {
      return sum.characters;
    },
    get bytes() {
      return sum.bytes;
    },
    get texts() {
      return sum.texts;
    },
  };
}
