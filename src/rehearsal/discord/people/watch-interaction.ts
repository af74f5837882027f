/**
 * An interaction as the member who began it waits for it.
 */
import type { Interaction, InteractionWatch } from '../interactions/interaction.ts';
import type { Interactions } from '../interactions/interactions.ts';
import { wordsOf } from '../message-words.ts';
import type { MessageState } from '../world/guild-state.ts';

/** Longer than the 15 s that `/join` may take. */
const UNTIL_MS = 20_000;

export function watchInteraction(interactions: Interactions, interaction: Interaction): InteractionWatch {
  const until: InteractionWatch['until'] = (check, timeoutMs = UNTIL_MS) => {
    const { promise, resolve, reject } = Promise.withResolvers<Interaction>();
    const look = (): void => {
      if (check(interaction)) resolve(interaction);
      else if (interaction.state.status === 'failed') reject(new Error(`${interaction.name}: the bot did not respond`));
    };
    const end = interactions.watch(interaction, look);
    const timer = setTimeout(() => {
      const said = interaction.messages.map(wordsOf).join(' | ');
      reject(new Error(`${interaction.name}: not answered as expected within ${timeoutMs} ms; so far "${said}"`));
    }, timeoutMs);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      end();
    });
  };
  return {
    interaction,
    until,
    async answer(timeoutMs) {
      const done = await until((one) => visible(one) !== null, timeoutMs);
      return visible(done) as MessageState;
    },
    modal: (timeoutMs) => until(({ state }) => state.status === 'modal', timeoutMs),
  };
}

function visible({ state, messages, original }: Interaction): MessageState | null {
  return messages[0] ?? (state.status === 'answered' ? original : null);
}
