/** A loopback voice server of a test's own, with the bot in a call. */
import { onTestFinished } from 'vitest';
import type { CallControl } from '../../../src/rehearsal/discord/voice/call-control.ts';
import type { VoiceServerEvent } from '../../../src/rehearsal/discord/voice/voice-event.ts';
import { startVoiceServer, type VoiceServer } from '../../../src/rehearsal/discord/voice/voice-server.ts';
import { trustedCertificate } from '../../kit/certificate.ts';
import { type Bot, startBot } from './bot.ts';

export const GUILD = '100000000000000001';
export const CHANNEL = '200000000000000001';
export const OTHER_CHANNEL = '200000000000000002';
export const ALICE = '11';
export const BOB = '12';
export const CAROL = '13';

const certificate = trustedCertificate();

export interface TestServer {
  readonly server: VoiceServer;
  readonly events: VoiceServerEvent[];
  /** The events of one type. */
  of<Type extends VoiceServerEvent['type']>(type: Type): Extract<VoiceServerEvent, { type: Type }>[];
}

export async function openServer(options: { heartbeatIntervalMs?: number } = {}): Promise<TestServer> {
  const events: VoiceServerEvent[] = [];
  const server = await startVoiceServer({ ...(await certificate), ...options, onEvent: (event) => events.push(event) });
  onTestFinished(() => server.close());
  return {
    server,
    events,
    of: (type) =>
      events.filter((event): event is Extract<VoiceServerEvent, { type: typeof type }> => event.type === type),
  };
}

export interface TestCall extends TestServer {
  readonly bot: Bot;
  readonly call: CallControl;
  join(userId: string, channelId?: string): ReturnType<VoiceServer['joinMember']>;
}

export interface CallSetup {
  readonly encrypted?: boolean;
  readonly heartbeatIntervalMs?: number;
  /** Members in the channel before the bot. */
  readonly members?: readonly string[];
  readonly beforeConnect?: (server: VoiceServer) => void;
}

/** The bot is in the call and, when there are members and encryption, has its keys. */
export async function openCall(
  setup: CallSetup = {},
): Promise<TestCall & { readonly members: ReturnType<VoiceServer['joinMember']>[] }> {
  const { encrypted = true, members: userIds = [], beforeConnect, ...options } = setup;
  const opened = await openServer(options);
  const { server } = opened;
  const join = (userId: string, channelId = CHANNEL) =>
    server.joinMember({ guildId: GUILD, channelId, userId, encrypted });
  const members = userIds.map((userId) => join(userId));
  const bot = await startBot(server, {
    guildId: GUILD,
    channelId: CHANNEL,
    encrypted,
    beforeConnect: () => beforeConnect?.(server),
  });
  onTestFinished(() => bot.leave());
  await bot.ready();
  const call = server.call(CHANNEL);
  if (!call) throw new Error('no call');
  if (userIds.length > 0) await call.until((state) => state.botSecured);
  return { ...opened, bot, call, join, members };
}

/** Fails loudly instead of handing on `undefined`. */
export function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('missing');
  return value;
}
