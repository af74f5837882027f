/**
 * Switches off the panels that a process which was killed has left behind.
 */
import type { Client } from 'discord.js';
import { publicLocale } from '../../i18n/locales.ts';
import type { Store, StoredPanel } from '../../store/store.ts';
import type { Log } from '../../types/log.ts';
import { isOurs } from '../guild-presence.ts';
import { editPanel } from './edit-panel.ts';
import { closedPanel } from './panel-body.ts';

/** Requests at the same time: beside them the first members are already asking for the bot. */
const AT_ONCE = 4;

/** The panels of before this start. Asked for before any of its own are posted. Never rejects. */
export async function readLeftoverPanels(store: Pick<Store, 'panels'>, log: Log): Promise<readonly StoredPanel[]> {
  try {
    return await store.panels();
  } catch (error) {
    log.warn({ err: error }, 'the panels of before this start could not be read');
    return [];
  }
}

export interface SwitchOffOptions {
  readonly client: Client<true>;
  readonly store: Pick<Store, 'removePanel'>;
  readonly log: Log;
}

/** Those of servers that are this process's. Never rejects. */
export async function switchOffPanels(panels: readonly StoredPanel[], options: SwitchOffOptions): Promise<void> {
  const waiting = panels.filter(({ guildId }) => isOurs(options.client, guildId)).values();
  const worker = async (): Promise<void> => {
    for (const panel of waiting) await switchOffPanel(panel, options);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What fails stays in the store for the next start. Never rejects. */
export async function switchOffPanel(panel: StoredPanel, { client, store, log }: SwitchOffOptions): Promise<void> {
  const { guildId, channelId, messageId, language } = panel;
  const locale = publicLocale(language, client.guilds.cache.get(guildId)?.preferredLocale ?? '');
  const fields = { guildId, channelId, messageId };
  try {
    const outcome = await editPanel(client.rest, panel, closedPanel(locale, guildId));
    await store.removePanel(messageId);
    log.info({ ...fields, outcome }, 'the panel of a room that is over was switched off');
  } catch (error) {
    log.warn({ ...fields, err: error }, 'the panel of a room that is over is left for the next start');
  }
}
