import type { ErrorCode } from '../../errors.ts';

export const errors = {
  'fallback.channel': 'the channel',
  'fallback.permissions': 'View Channel, Connect or Speak',
  'fallback.reset': 'at midnight UTC',
  'fallback.wait': 'in a few minutes',
  'refused.setup': 'it does not say which. Please tell whoever runs me; its own words are in the log.',
  'refused.voice': 'the voice. Choose another with `/voice`.',
  'refused.language': 'the language. Choose another with `/language`.',
  'refused.persona': 'the persona. Change it with `/persona set`.',
  'refused.tools': 'one of the tools. Switch off what was switched on last with `/tools disable`.',
  'refused.location': 'it is not offered in the country I run in. Please tell whoever runs me.',
  'refused.option': '`{option}` in the file of `LIVE_OPTIONS`. Please tell whoever runs me.',
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
  'error.MEMBER_MAY_NOT_STEER': 'Only somebody in {channel}, or with the permission {permissions}, can do that.',
  'error.MEMBER_LACKS_PERMISSION': 'You lack the permission {permissions} for that.',
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
  'error.LIVE_KEY_REFUSED': 'Google refuses my Gemini key. Whoever runs me has to set a valid one: `GEMINI_API_KEY`.',
  'error.LIVE_MODEL_REFUSED':
    'Google does not offer the Gemini model I am set to use. Whoever runs me has to choose another: `GEMINI_MODEL`.',
  'error.LIVE_SETUP_REFUSED': 'Gemini does not take my settings for a conversation: {setting}',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini does not answer. Try again in a minute.',
  'error.LIVE_UNREACHABLE': 'I cannot reach Gemini just now. Try again {wait}.',
  'error.LIVE_QUOTA': 'The quota of my Gemini key is used up. There may be more {wait}; whoever runs me can raise it.',
  'error.LIVE_LOST': 'I lost the connection to Gemini and could not get it back. Try `/join` again.',
  'error.INTERNAL': 'Something went wrong on my side. Try again; if it happens again, tell whoever runs me.',
} as const satisfies Record<`error.${ErrorCode}`, string> & Record<string, string>;
