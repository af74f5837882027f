/**
 * English: the table that decides which messages there are and which placeholders each has. Words in braces are filled in.
 * Each text is one literal: the type check reads the placeholders out of it.
 */
import type { ErrorCode } from '../errors.ts';

export const en = {
  'command.join.name': 'join',
  'command.join.description': 'Parley joins your voice channel and talks with everybody in it',
  'command.join.channel.name': 'channel',
  'command.join.channel.description': 'Another channel than the one you are in',
  'command.leave.name': 'leave',
  'command.leave.description': 'Parley leaves the voice channel',

  'dispatch.unknown': 'I do not know that command any more. Restart Discord to see the ones I have.',
  'dispatch.guildOnly': 'I only work inside servers that I am a member of.',

  'join.connecting': 'Still connecting to {channel} …',
  'join.done': 'I am in {channel} and listening.',
  'join.alreadyHere': 'I am already here, in {channel}.',
  'join.alreadyJoining': 'I am already on my way to {channel}.',
  'join.youLack': 'You cannot send me to {channel}: there you lack {permissions}.',
  'join.noticeUnposted': 'I could not post in this channel. Please tell everybody there that they are being heard:',
  'leave.done': 'I have left {channel}.',
  'leave.youMayNot': 'Only somebody in {channel}, or with the permission {permissions}, can send me away.',

  'notice.consent':
    '🎙️ **Parley is listening in {channel}.**\nEverybody who speaks here is heard. What you say is decrypted by me and sent to Google’s Gemini Live API, whose answers I speak. I store no audio.\nYou do not want to be heard? Mute your microphone or leave the channel. Anybody in the channel can send me away with `/leave`.',
  'notice.askedToSpeak': 'I have asked to speak on this stage. Until a moderator lets me, you will not hear me.',
  'notice.serverMuted': 'A moderator has muted me on this server. I still listen, but nobody hears my answers.',
  'notice.serverDeafened': 'A moderator has deafened me on this server. I cannot hear anybody until that is undone.',
  'notice.permissionLost':
    'I have just lost a permission in {channel}: {permissions}. Please give it back, or I may fall silent or drop out.',
  'notice.minutesLeft':
    'This server’s talking time for today is nearly used up. Minutes left: {minutes}. It starts again {reset}.',
  'notice.tokensLeft':
    'This server’s token limit for today is nearly used up. Percent left: {percent}. It starts again {reset}.',

  'end.alone': 'I have left {channel} because I was alone there. Call me back with `/join`.',
  'end.shutdown': 'I am being restarted and have left {channel}. Call me back with `/join` in a minute.',
  'end.other': 'I have left {channel}. {why}',

  'permission.ViewChannel': 'View Channel',
  'permission.Connect': 'Connect',
  'permission.Speak': 'Speak',
  'permission.RequestToSpeak': 'Request to Speak',
  'permission.MoveMembers': 'Move Members',

  'fallback.channel': 'the channel',
  'fallback.permissions': 'View Channel, Connect or Speak',
  'fallback.reset': 'at midnight UTC',

  'error.CONFIG_INVALID': 'My settings are wrong. Whoever runs me has to correct them.',
  'error.DISCORD_TOKEN_REFUSED': 'Discord refuses my token. Whoever runs me has to set a new one.',
  'error.DISCORD_INTENT_REFUSED':
    'Discord refuses me an intent. Whoever runs me has to switch it on in the Developer Portal.',
  'error.DISCORD_UNREACHABLE': 'I cannot reach Discord just now. Try again in a minute.',
  'error.STORE_UNUSABLE': 'My database cannot be used. Whoever runs me has to look at it.',
  'error.STORE_WRITE_FAILED': 'That could not be saved, and nothing has changed. Try again in a minute.',
  'error.GUILD_NOT_ALLOWED': 'I may not be used on this server. Whoever runs me decides where; ask them to add it.',
  'error.MEMBER_IN_NO_CHANNEL': 'You are in no voice channel. Join one first, or name one: `/join channel:`.',
  'error.MEMBER_MAY_NOT_MOVE':
    'I am talking with others in {channel}. Only somebody with the permission Move Members can call me away.',
  'error.ROOM_NONE': 'I am in no channel.',
  'error.ROOM_LIMIT': 'I am in as many voice channels as I can be at once. Try again later.',
  'error.MINUTES_LIMIT': 'This server’s talking time for today is used up. It starts again {reset}.',
  'error.TOKENS_LIMIT': 'This server’s token limit for today is used up. It starts again {reset}.',
  'error.SHUTTING_DOWN': 'I am being restarted. Try again in a minute.',
  'error.ROOM_THREAD_LOST': 'Part of me crashed. I am coming back by myself; if not, use `/join`.',
  'error.ROOM_THREAD_REPEATEDLY_LOST':
    'Part of me crashed several times here, so I stopped. Try `/join` in a few minutes, and tell whoever runs me.',
  'error.VOICE_PERMISSION_MISSING':
    'I cannot talk in {channel}: I lack {permissions}. Give me that in the channel’s settings and try again.',
  'error.VOICE_CHANNEL_FULL': '{channel} is full. Make room for one more, or give me the permission Move Members.',
  'error.VOICE_CHANNEL_UNSUPPORTED': 'I can only talk in voice and stage channels.',
  'error.VOICE_JOIN_TIMEOUT': 'Connecting to the voice channel took too long, so I stopped. Try again.',
  'error.VOICE_GATEWAY_BUDGET':
    'The voice channel kept failing and I stopped before Discord stops me. Try again in a minute.',
  'error.VOICE_GATEWAY_DOWN': 'I have lost touch with Discord. Try again in a minute.',
  'error.VOICE_KICKED': 'A moderator disconnected me. Call me back with `/join`.',
  'error.VOICE_CALL_TERMINATED': 'Discord ended the call, or the channel is gone. Use `/join` to start again.',
  'error.VOICE_RATE_LIMITED': 'Discord asks me to slow down. Try again in a minute or two.',
  'error.VOICE_ENCRYPTION_REQUIRED':
    'This call needs end-to-end encryption and I could not set it up. Please tell whoever runs me.',
  'error.VOICE_ENCRYPTION_FAILED':
    'The call’s end-to-end encryption broke down and could not be repaired. Try `/join` again.',
  'error.VOICE_REJECTED': 'Discord’s voice server refused me. Please tell whoever runs me.',
  'error.VOICE_LOST': 'I lost the connection to the voice channel and could not get it back. Try `/join` again.',
  'error.LIVE_KEY_REFUSED': 'Google refuses my Gemini key. Whoever runs me has to set a valid one.',
  'error.LIVE_MODEL_REFUSED':
    'Google does not offer the Gemini model I am set to use. Whoever runs me has to choose another.',
  'error.LIVE_SETUP_REFUSED': 'Gemini refuses my settings for a conversation. Please tell whoever runs me.',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini does not answer. Try again in a minute.',
  'error.LIVE_UNREACHABLE': 'I cannot reach Gemini just now. Try again in a minute.',
  'error.LIVE_QUOTA': 'The quota of my Gemini key is used up. Try again later; whoever runs me can raise it.',
  'error.LIVE_LOST': 'I lost the connection to Gemini and could not get it back. Try `/join` again.',
  'error.INTERNAL': 'Something went wrong on my side. Try again; if it happens again, tell whoever runs me.',
} as const satisfies Record<`error.${ErrorCode}`, string> & Record<string, string>;
