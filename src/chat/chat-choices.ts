/**
 * What each server has set for its chat. Kept in memory, since every message asks; the store has it over restarts.
 */
import { createKeyedQueue } from '../discord/keyed-queue.ts';
import type { ChatSettings, ChatStore } from '../store/chat.ts';

export interface ChatChoices {
  of(guildId: string): ChatSettings;
  /**
   * Changes only what `change` names.
   *
   * @returns what was there before
   * @throws ParleyError `STORE_WRITE_FAILED`: nothing has changed
   */
  change(guildId: string, change: Partial<ChatSettings>): Promise<ChatSettings>;
}

const DEFAULTS: ChatSettings = { channelId: null, images: 'medium' };

export async function loadChatChoices(
  store: Pick<ChatStore, 'chatSettings' | 'saveChatSettings'>,
): Promise<ChatChoices> {
  const saved = new Map((await store.chatSettings()).map(({ guildId, ...settings }) => [guildId, settings]));
  const perGuild = createKeyedQueue();
  const of = (guildId: string): ChatSettings => saved.get(guildId) ?? DEFAULTS;

  return {
    of,
    change: (guildId, change) =>
      perGuild.run(guildId, async () => {
        const before = of(guildId);
        const after = { ...before, ...change };
        if (before.channelId === after.channelId && before.images === after.images) return before;
        await store.saveChatSettings(guildId, after);
        saved.set(guildId, after);
        return before;
      }),
  };
}
