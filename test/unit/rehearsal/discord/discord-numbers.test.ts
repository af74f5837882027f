/** The loopback takes nothing from the library that it tests; here its numbers are held against those of the library. */
import {
  ApplicationCommandOptionType,
  ChannelType,
  ComponentType,
  GatewayCloseCodes,
  GatewayIntentBits,
  GatewayOpcodes,
  InteractionType,
  PermissionFlagsBits,
  SnowflakeUtil,
} from 'discord.js';
import { expect, test } from 'vitest';
import { GatewayClose, GatewayOp } from '../../../../src/rehearsal/discord/gateway/gateway-opcodes.ts';
import { Intent, judgeIntents } from '../../../../src/rehearsal/discord/gateway/intents.ts';
import { interactionTypes } from '../../../../src/rehearsal/discord/interactions/interaction.ts';
import { PartType } from '../../../../src/rehearsal/discord/people/message-parts.ts';
import { optionType } from '../../../../src/rehearsal/discord/rest/validation/option-types.ts';
import { Permission } from '../../../../src/rehearsal/discord/world/permissions.ts';
import { CHANNEL_TYPES } from '../../../../src/rehearsal/discord/world/serialise.ts';
import { createSnowflakes } from '../../../../src/rehearsal/discord/world/snowflake.ts';

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
/** What the library has for our names. */
const theirs = (ours: object, library: object): object =>
  Object.fromEntries(Object.keys(ours).map((name) => [name, (library as Record<string, unknown>)[capital(name)]]));

test('permissions', () => {
  expect(Permission).toEqual(theirs(Permission, PermissionFlagsBits));
});

test('intents, and which of them exist', () => {
  expect(Intent).toEqual(theirs(Intent, GatewayIntentBits));
  const all = Object.values(GatewayIntentBits).filter((one) => typeof one === 'number');
  expect(all.filter((intent) => judgeIntents(intent, true) === 'invalid')).toEqual([]);
});

test('opcodes and close codes of the gateway', () => {
  expect(GatewayOp).toEqual(theirs(GatewayOp, GatewayOpcodes));
  // The library has other names for two of them.
  for (const code of Object.values(GatewayClose)) if (code >= 4_000) expect(GatewayCloseCodes[code]).toBeDefined();
});

test('kinds of interactions, options, components and channels', () => {
  expect(interactionTypes).toEqual({
    command: InteractionType.ApplicationCommand,
    component: InteractionType.MessageComponent,
    autocomplete: InteractionType.ApplicationCommandAutocomplete,
    modal: InteractionType.ModalSubmit,
  });
  expect(optionType).toEqual(theirs(optionType, ApplicationCommandOptionType));
  expect(PartType).toEqual(theirs(PartType, ComponentType));
  expect(CHANNEL_TYPES).toEqual({
    text: ChannelType.GuildText,
    voice: ChannelType.GuildVoice,
    thread: ChannelType.PublicThread,
    stage: ChannelType.GuildStageVoice,
  });
});

test('the time in an id', () => {
  const now = 1_714_885_505_123;
  expect(SnowflakeUtil.timestampFrom(createSnowflakes(() => now)())).toBe(now);
});
