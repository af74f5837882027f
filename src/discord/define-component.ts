/**
 * A button, a select or a form: everything with a custom id. Stateless: the id says all that there is to know, so that one of
 * before a restart still works. `NAMESPACE:…`, at most 100 characters (Discord, "Component Reference").
 */
import type { CacheType, RepliableInteraction } from 'discord.js';
import type { Asker, CommandServices, Reply } from './services.ts';

/** A click, a selection, or a form that was sent. */
export type ComponentInteraction<Cached extends CacheType = CacheType> = Extract<
  RepliableInteraction<Cached>,
  { customId: string }
>;

export interface ComponentContext extends CommandServices, Asker {
  readonly interaction: ComponentInteraction<'cached'>;
  /** What follows the namespace in the custom id. */
  readonly args: readonly string[];
  /** Writes the private answer, or replaces it. */
  readonly reply: Reply;
}

export interface ComponentHandler {
  readonly namespace: string;
  /** Runs after a private answer was deferred. What it throws becomes that answer. */
  run(context: ComponentContext): Promise<void>;
}
