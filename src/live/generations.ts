/**
 * Which answer of the model a server message belongs to.
 *
 * The service numbers nothing: an answer begins with its first content and ends with `turnComplete`, and that of an
 * interrupted one may come when the next has begun (reference/live-api.md §3.3). Pure.
 */

export interface Generations {
  /** The last number given out; 0 before the first. */
  readonly last: number;
  readonly current: { readonly id: number; readonly complete: boolean } | null;
  /** Interrupted, and its `turnComplete` has not come. */
  readonly owed: number | null;
}

export interface GenerationStep {
  readonly generations: Generations;
  /** What the message is about; null: nothing new. */
  readonly id: number | null;
}

export interface TurnEnd {
  readonly generations: Generations;
  /** Answers that are over now. */
  readonly ended: readonly number[];
  /** Whether one of them came to its own end, and was not cut off before. */
  readonly natural: boolean;
}

export const NO_GENERATIONS: Generations = { last: 0, current: null, owed: null };

/** Sound, words or a call of an answer: of the current one, or the first of a new one. */
export function contentArrived(generations: Generations): { generations: Generations; id: number; began: boolean } {
  const { current, last } = generations;
  if (current) return { generations, id: current.id, began: false };
  const id = last + 1;
  return { generations: { ...generations, last: id, current: { id, complete: false } }, id, began: true };
}

export function generationCompleted(generations: Generations): GenerationStep {
  const { current } = generations;
  if (!current || current.complete) return { generations, id: null };
  return { generations: { ...generations, current: { ...current, complete: true } }, id: current.id };
}

/**
 * @param awaited an answer is being waited for or a window is open, so a turn that never began may be what was cut; otherwise
 * it is the playing of the last one, which the service believes to go on
 */
export function interruptedBy(generations: Generations, awaited: boolean): GenerationStep {
  const { current, last, owed } = generations;
  if (current) return { generations: { last, current: null, owed: current.id }, id: current.id };
  // More than ten for one turn were reported: the first says it all.
  if (owed !== null) return { generations, id: null };
  if (!awaited) return { generations, id: last === 0 ? null : last };
  return { generations: { last: last + 1, current: null, owed: last + 1 }, id: last + 1 };
}

export function turnCompleted(generations: Generations): TurnEnd {
  const { last, current, owed } = generations;
  if (owed !== null && !current?.complete)
    return { generations: { last, current, owed: null }, ended: [owed], natural: false };
  // The interrupted one's own never came if the next has been spoken to its end by now.
  const before = owed === null ? [] : [owed];
  const id = current?.id ?? last + 1;
  return { generations: { last: id, current: null, owed: null }, ended: [...before, id], natural: true };
}

/**
 * No more will come of any: the connection is gone. Returns those that were not over.
 *
 * @param answering something was said in the current one; if nothing was, it has not begun, and what was asked will be asked again
 */
export function abandoned({ last, current, owed }: Generations, answering: boolean): TurnEnd {
  const begun = current !== null && answering ? [current.id] : [];
  const ended = [...(owed === null ? [] : [owed]), ...begun];
  const left = current !== null && !answering ? last - 1 : last;
  return { generations: { last: left, current: null, owed: null }, ended, natural: false };
}
