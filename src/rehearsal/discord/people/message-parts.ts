/**
 * The parts of messages and modals that a person can press, choose from and fill in.
 */

interface Part {
  readonly type?: number;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly components?: readonly Part[];
  readonly component?: Part;
  readonly accessory?: Part;
  readonly options?: readonly { readonly value: string }[];
  readonly min_values?: number;
  readonly max_values?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export const PartType = { button: 2, stringSelect: 3, textInput: 4, label: 18 } as const;

/** Every part, nested ones too. */
export function partsOf(components: readonly unknown[]): Part[] {
  return (components as readonly Part[]).flatMap((part) => [
    part,
    ...partsOf([
      ...(part.components ?? []),
      ...(part.component ? [part.component] : []),
      ...(part.accessory ? [part.accessory] : []),
    ]),
  ]);
}

/** A part that can be used now. @throws Error in words when it is not there or disabled */
export function usablePart(components: readonly unknown[], customId: string, type: number): Part {
  const part = partsOf(components).find((one) => one.custom_id === customId && one.type === type);
  if (!part) throw new Error(`there is nothing with the custom id "${customId}" to press`);
  if (part.disabled) throw new Error(`"${customId}" is disabled`);
  return part;
}

/** Why a choice cannot be made, or null. */
export function selectionProblem(part: Part, values: readonly string[]): string | null {
  if (values.some((value) => !part.options?.some((option) => option.value === value)))
    return 'a value that is not offered';
  if (values.length < (part.min_values ?? 1) || values.length > (part.max_values ?? 1))
    return 'too few or too many values';
  return null;
}

/** The filled-in fields of a modal as Discord submits them. @throws Error when a required field is empty or too long */
export function filledIn(components: readonly unknown[], values: Readonly<Record<string, string>>): object[] {
  return (components as readonly Part[]).flatMap((part) => {
    const field = part.component ?? part.components?.[0];
    if (field?.type !== PartType.textInput || field.custom_id === undefined) return [];
    const value = values[field.custom_id] ?? '';
    if (value === '' && (field.required ?? true)) throw new Error(`"${field.custom_id}" is required`);
    if (value.length > (field.max_length ?? 4_000)) throw new Error(`"${field.custom_id}" is too long`);
    const filled = { type: PartType.textInput, custom_id: field.custom_id, value };
    return [
      part.type === PartType.label ? { type: PartType.label, component: filled } : { type: 1, components: [filled] },
    ];
  });
}
