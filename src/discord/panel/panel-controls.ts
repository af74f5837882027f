/**
 * What the controls of a panel do: the same as `/stop`, `/leave` and `/voice`, for the same people.
 */
import { voiceNamed } from '../../catalogue/voices.ts';
import { ParleyError } from '../../errors.ts';
import { publicLocale } from '../../i18n/locales.ts';
import { describeProblem } from '../../i18n/translate.ts';
import type { Room } from '../../room/rooms.ts';
import type { ComponentContext, ComponentHandler } from '../define-component.ts';
import { mustSteer } from '../member-rights.ts';
import { setVoice } from '../set-voice.ts';
import { switchOffPanel } from './leftover-panels.ts';
import { PANEL_NAMESPACE, type PanelAction } from './panel-ids.ts';

export const panelControls: ComponentHandler = {
  namespace: PANEL_NAMESPACE,
  async run(context) {
    const { interaction, args, rooms, keeper, reply, t } = context;
    const [action = ''] = args;
    const { guildId, message } = interaction;
    const room = rooms.ofGuild(guildId);
    if (room === undefined || !keeper.isPanel(guildId, message?.id ?? '')) return turnAway(context, room);
    mustSteer(t, interaction.member, room);
    return isAction(action) ? ACTIONS[action](context, room) : reply(t('dispatch.unknown'));
  },
};

const ACTIONS: Readonly<Record<PanelAction, (context: ComponentContext, room: Room) => Promise<void>>> = {
  async stop({ reply, t }, room) {
    const stopped = await room.stop();
    await reply(t(stopped ? 'stop.done' : 'stop.nothing'));
  },
  async leave({ reply, t }, room) {
    const channel = `<#${room.channelId}>`;
    await room.close({ kind: 'left' });
    await reply(t('leave.done', { channel }));
  },
  async voice(context) {
    const { interaction } = context;
    const voice = voiceNamed(interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : '');
    // Nothing but what the menu offers comes from it.
    if (voice === null) throw new ParleyError('INTERNAL');
    await setVoice(context, interaction.guildId, voice, interaction.user.id);
  },
};

function isAction(name: string): name is PanelAction {
  return Object.hasOwn(ACTIONS, name);
}

/** For the panel of a room that is over: the member is told, and nobody else can press it again. */
async function turnAway(
  { interaction, settings, store, log, locale, reply, t }: ComponentContext,
  room: Room | undefined,
): Promise<void> {
  const { guild, guildId, channelId, message, client } = interaction;
  if (room === undefined) await reply(describeProblem(locale, { code: 'ROOM_NONE', details: {} }));
  else await reply(t('panel.old', { channel: `<#${room.channelId}>` }));
  if (message === null || channelId === null) return;
  const { language } = (await settings.read(guildId)).settings;
  const panel = { guildId, channelId, messageId: message.id, language: publicLocale(language, guild.preferredLocale) };
  await switchOffPanel(panel, { client, store, log });
}
