/**
 * The two gateway dispatches that a voice connection lives on, checked where they come in.
 */
import { z } from 'zod';

/**
 * VOICE_STATE_UPDATE of the bot itself (Discord, "Voice State Object"). Unknown fields are dropped: the library needs none, and
 * what is about the member is nothing a link should hold.
 */
const voiceState = z.object({
  guild_id: z.string().exactOptional(),
  channel_id: z.string().nullable(),
  user_id: z.string(),
  session_id: z.string(),
  deaf: z.boolean().default(false),
  mute: z.boolean().default(false),
  self_deaf: z.boolean().default(false),
  self_mute: z.boolean().default(false),
  self_video: z.boolean().default(false),
  suppress: z.boolean().default(false),
  request_to_speak_timestamp: z.string().nullable().default(null),
});

/** VOICE_SERVER_UPDATE; without an endpoint: wait for the next one. */
const voiceServer = z.object({
  token: z.string(),
  guild_id: z.string(),
  endpoint: z.string().nullable(),
});

export type VoiceStateData = z.infer<typeof voiceState>;
export type VoiceServerData = z.infer<typeof voiceServer>;

/** Null where it is not what Discord documents. */
export function parseVoiceState(data: unknown): VoiceStateData | null {
  return voiceState.safeParse(data).data ?? null;
}

export function parseVoiceServer(data: unknown): VoiceServerData | null {
  return voiceServer.safeParse(data).data ?? null;
}
