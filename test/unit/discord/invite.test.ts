import { PermissionsBitField } from 'discord.js';
import { expect, test } from 'vitest';
import { inviteLink } from '../../../src/discord/invite.ts';

test('the invite link asks for what the features need, and for nothing that could do harm', () => {
  const url = new URL(inviteLink('123456789012345678'));
  expect(url.origin + url.pathname).toBe('https://discord.com/oauth2/authorize');
  expect(url.searchParams.get('client_id')).toBe('123456789012345678');
  expect(url.searchParams.get('scope')).toBe('bot applications.commands');
  expect(new PermissionsBitField(BigInt(url.searchParams.get('permissions') ?? '0')).toArray().toSorted()).toEqual([
    'AddReactions',
    'AttachFiles',
    'Connect',
    'CreatePublicThreads',
    'EmbedLinks',
    'ReadMessageHistory',
    'RequestToSpeak',
    'SendMessages',
    'SendMessagesInThreads',
    'SendPolls',
    'SendVoiceMessages',
    'SetVoiceChannelStatus',
    'Speak',
    'ViewChannel',
  ]);
});
