/**
 * The button that stops an answer in writing: for whoever asked, and for who may steer the room or keep the channel in order.
 */
import { PermissionFlagsBits } from 'discord.js';
import type { Exchange } from '../../chat/exchange.ts';
import { CHAT_NAMESPACE } from '../../chat/stop-id.ts';
import type { ComponentContext, ComponentHandler } from '../define-component.ts';
import { maySteer } from '../member-rights.ts';
import { permissionWords } from '../permissions.ts';

export const stopButton: ComponentHandler = {
  namespace: CHAT_NAMESPACE,
  async run(context) {
    const { args, chat, reply, t } = context;
    const [, turnId = ''] = args;
    const exchange = chat.desk.exchange(turnId);
    if (exchange === undefined) return turnAway(context);
    if (!mayStop(context, exchange)) {
      const needed = exchange.room.kind === 'voice' ? 'MoveMembers' : 'ManageMessages';
      return reply(t('chat.stop.notYours', { permissions: permissionWords(t, [needed]) }));
    }
    exchange.stop('stopped');
    await reply(t('stop.done'));
  },
};

function mayStop({ interaction: { member, channel } }: ComponentContext, { turn, room }: Exchange): boolean {
  if (turn.authorIds.includes(member.id)) return true;
  if (room.kind === 'voice') return maySteer(member, room);
  return channel?.permissionsFor(member).has(PermissionFlagsBits.ManageMessages) ?? false;
}

/** One of before a restart, or pressed at the very end: nobody else is to press it. */
async function turnAway({ interaction: { message }, reply, t }: ComponentContext): Promise<void> {
  await reply(t('chat.stop.over'));
  if (message !== null && message.components.length > 0) await message.edit({ components: [] });
}
