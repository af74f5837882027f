/**
 * How a function is called: whether the model waits for the result, and when it speaks of one that it did not wait for. What a
 * function asks for counts as far as the model has it (reference/live-api.md §6). Pure.
 */
import type { ModelProfile } from '../catalogue/models.ts';
import type { ToolDeclaration, ToolScheduling } from '../types/tools.ts';

export interface CallManner {
  /** The model waits, and nothing else may be sent to it meanwhile. */
  readonly blocking: boolean;
  /** To be said with the response; null where it must not be. */
  readonly scheduling: ToolScheduling | null;
}

/** @param declared null: a function that the model has made up, which it is believed to wait for wherever it can */
export function mannerOf(profile: ModelProfile, declared: ToolDeclaration | null): CallManner {
  const blocking = !profile.asyncTools || (profile.blockingTools && (declared?.blocking ?? true));
  if (blocking || !profile.toolScheduling) return { blocking, scheduling: null };
  return { blocking, scheduling: declared?.scheduling ?? null };
}

/** As `setup` names it. It is always said: the default differs between models. */
export function behaviorOf(profile: ModelProfile, declared: ToolDeclaration): 'BLOCKING' | 'NON_BLOCKING' {
  return mannerOf(profile, declared).blocking ? 'BLOCKING' : 'NON_BLOCKING';
}
