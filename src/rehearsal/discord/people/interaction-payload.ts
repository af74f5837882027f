/**
 * INTERACTION_CREATE: what is the same for every kind of interaction (Discord, "Interaction Structure").
 */
import { type Interaction, interactionTypes } from '../interactions/interaction.ts';
import { memberOf } from '../world/guild-state.ts';
import { permissionsIn } from '../world/permissions.ts';
import { channelJson, memberJson } from '../world/serialise.ts';
import type { World } from '../world/world.ts';

/** 10 MB, as on servers without boosts. */
const ATTACHMENT_SIZE_LIMIT = 10_485_760;

export function interactionPayload(
  interaction: Interaction,
  world: World,
  locale: string,
  data: object,
  message?: object,
): object {
  const { guild, channel, user } = interaction;
  const member = memberOf(guild, user.id);
  const bot = memberOf(guild, world.bot.id);
  const permissions = member ? permissionsIn(guild, channel, member) : 0n;
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interactionTypes[interaction.kind],
    data,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.preferredLocale, features: [] },
    channel_id: channel.id,
    channel: { ...channelJson(guild, channel), permissions: permissions.toString() },
    member: { ...(member ? memberJson(member) : {}), permissions: permissions.toString() },
    token: interaction.token,
    version: 1,
    app_permissions: (bot ? permissionsIn(guild, channel, bot) : 0n).toString(),
    locale,
    guild_locale: guild.preferredLocale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: { '0': guild.id },
    context: 0,
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
    ...(message ? { message } : {}),
  };
}
