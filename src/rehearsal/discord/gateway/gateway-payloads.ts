/**
 * What a bot sends to the gateway, checked (Discord, "Gateway Events", Send Events).
 */
import { z } from 'zod';

export const payloadSchema = z.object({ op: z.number().int(), d: z.unknown() });

export const heartbeatSchema = z.number().int().nullable();

export const identifySchema = z.object({
  token: z.string(),
  intents: z.unknown().optional(),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
  shard: z.tuple([z.number().int(), z.number().int()]).optional(),
  compress: z.boolean().optional(),
  large_threshold: z.number().int().min(50).max(250).optional(),
  presence: z.unknown().optional(),
});

export const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.number().int() });

const snowflake = z.string().regex(/^\d{1,20}$/);

export const voiceStateSchema = z.object({
  guild_id: snowflake,
  channel_id: snowflake.nullable(),
  self_mute: z.boolean(),
  self_deaf: z.boolean(),
});

export const requestMembersSchema = z.object({
  guild_id: snowflake,
  query: z.string().optional(),
  limit: z.number().int().min(0).default(0),
  user_ids: z.union([snowflake, z.array(snowflake).max(100)]).optional(),
  nonce: z.string().max(32).optional(),
  presences: z.boolean().optional(),
});

export type VoiceStateRequest = z.infer<typeof voiceStateSchema>;
export type MembersRequest = z.infer<typeof requestMembersSchema>;
