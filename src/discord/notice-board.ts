/**
 * Where a room's notices go: the voice channel's own chat if the bot may view and send there, else where `/join` was run
 * (DESIGN.md §4). Decided anew for each notice, since permissions change and channels go.
 */
import {
  type Client,
  type GuildTextBasedChannel,
  type Message,
  type MessageCreateOptions,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { Log } from '../types/log.ts';
import { type EditOutcome, editPanel, type PanelAddress } from './panel/edit-panel.ts';
import type { PanelBody } from './panel/panel-body.ts';

export interface NoticeBoard {
  /** Posts for everybody, pinging nobody. False when there is no place left to post to. */
  post(text: string): Promise<boolean>;
  /** The same for a panel; null when there is no place left. */
  postPanel(body: PanelBody): Promise<PostedPanel | null>;
  /** The same with files, or without previews of its links. */
  show(message: Pick<MessageCreateOptions, 'content' | 'files' | 'flags'>): Promise<boolean>;
  /** The same for something that members decide by pressing a button. */
  ask(question: Pick<MessageCreateOptions, 'content' | 'components' | 'files'>): Promise<PostedQuestion | null>;
}

export interface PostedQuestion {
  /** Takes its buttons away and says something else. @throws what discord.js throws */
  close(content: string): Promise<void>;
}

export interface PostedPanel extends PanelAddress {
  /** @throws what REST throws for now */
  edit(body: PanelBody): Promise<EditOutcome>;
}

/**
 * @param places in the order of preference
 * @param former a panel of before a restart, which the first panel takes the place of
 */
export function createNoticeBoard(
  places: readonly GuildTextBasedChannel[],
  log: Log,
  former: PanelAddress | null = null,
): NoticeBoard {
  let toTakeOver = former;
  const send = async (message: MessageCreateOptions): Promise<Message | null> => {
    for (const channel of places) {
      if (!maySend(channel)) continue;
      try {
        return await channel.send({ ...message, allowedMentions: { parse: [] } });
      } catch (error) {
        log.info({ err: error, channelId: channel.id }, 'a notice could not be posted here');
      }
    }
    log.warn({ channelIds: places.map(({ id }) => id) }, 'a notice could not be posted anywhere');
    return null;
  };

  const takeOver = async (body: PanelBody): Promise<PostedPanel | null> => {
    const [address, client] = [toTakeOver, places[0]?.client];
    toTakeOver = null;
    if (address === null || client === undefined) return null;
    try {
      const panel = postedPanel(client, address);
      return (await panel.edit(body)) === 'edited' ? panel : null;
    } catch (error) {
      log.info({ err: error, ...address }, 'a panel of before a restart could not be taken over');
      return null;
    }
  };

  return {
    post: async (content) => (await send({ content })) !== null,
    show: async (message) => (await send(message)) !== null,
    async postPanel(body) {
      const before = await takeOver(body);
      if (before !== null) return before;
      const message = await send({ components: [body], flags: MessageFlags.IsComponentsV2 });
      if (message === null) return null;
      return postedPanel(message.client, { channelId: message.channelId, messageId: message.id });
    },
    async ask(question) {
      const message = await send(question);
      if (message === null) return null;
      return {
        async close(content) {
          await message.edit({ content, components: [], allowedMentions: { parse: [] } });
        },
      };
    },
  };
}

function postedPanel({ rest }: Client, { channelId, messageId }: PanelAddress): PostedPanel {
  const address = { channelId, messageId };
  return { ...address, edit: (body) => editPanel(rest, address, body) };
}

function maySend(channel: GuildTextBasedChannel): boolean {
  const { me } = channel.guild.members;
  if (me === null) return false;
  const send = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return channel.permissionsFor(me).has(PermissionFlagsBits.ViewChannel | send);
}
