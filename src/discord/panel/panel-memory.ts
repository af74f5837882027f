/**
 * Where the panels of open rooms are written down, so that they can be switched off also after a kill. What cannot be written
 * down costs no more than that.
 */
import type { Locale } from '../../i18n/locales.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../types/log.ts';
import type { PanelAddress } from './edit-panel.ts';

export interface PanelMemory {
  /** The panel is there, in the language of the moment. Nobody waits for this: a locked database may take seconds. */
  remember(panel: PanelAddress): void;
  /** There is nothing to switch off any more. Never rejects. */
  forget(panel: PanelAddress): Promise<void>;
}

export interface PanelMemoryOptions {
  readonly guildId: string;
  /** What panels are written in now. */
  readonly locale: () => Locale;
  readonly store: Pick<Store, 'savePanel' | 'removePanel'>;
  readonly log: Log;
}

export function createPanelMemory({ guildId, locale, store, log }: PanelMemoryOptions): PanelMemory {
  /** What the store has, or is being told: most edits change nothing of it. */
  let known: string | null = null;
  return {
    remember({ channelId, messageId }) {
      const language = locale();
      const wanted = `${messageId} ${language}`;
      if (wanted === known) return;
      known = wanted;
      store.savePanel({ guildId, channelId, messageId, language }).catch((error: unknown) => {
        known = null;
        log.warn({ err: error, guildId, messageId }, 'a panel could not be remembered');
      });
    },
    async forget({ messageId }) {
      try {
        await store.removePanel(messageId);
      } catch (error) {
        log.warn({ err: error, guildId, messageId }, 'a panel could not be forgotten');
      }
    },
  };
}
