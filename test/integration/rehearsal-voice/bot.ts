/**
 * The real @discordjs/voice as the loopback's client, with an adapter that stands in for the main gateway.
 */
import {
  type DiscordGatewayAdapterLibraryMethods,
  entersState,
  joinVoiceChannel,
  NetworkingStatusCode,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import { Application, createDecoder, createEncoder } from 'libopus-wasm';
import type { VoiceServer } from '../../../src/rehearsal/discord/voice/voice-server.ts';
import { RATE } from './signals.ts';

const FRAME = 960;
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

export interface BotOptions {
  readonly guildId: string;
  readonly channelId: string;
  readonly userId?: string;
  readonly encrypted?: boolean;
  /** Called before the connection is told to connect. */
  readonly beforeConnect?: () => void;
}

export interface HeardOpus {
  readonly sequence: number;
  readonly timestamp: number;
  readonly opus: Buffer;
}

export interface Bot extends AsyncDisposable {
  readonly userId: string;
  readonly connection: VoiceConnection;
  readonly privacyCode: string | null;
  /** Errors of the connection and of receive streams. */
  readonly errors: readonly Error[];
  /** Voice-state payloads the library asked for. */
  readonly joins: readonly (string | null)[];
  /** Everything heard of a member from now on, with the RTP numbers of the very packet. */
  listen(userId: string): { readonly packets: HeardOpus[]; pcm(): Promise<Int16Array> };
  /** Says PCM at real pace with five silence frames. */
  say(pcm: Int16Array, options?: { readonly silenceFrames?: number; readonly speaking?: boolean }): Promise<void>;
  ready(): Promise<void>;
  /** As the main gateway does after a move. */
  moved(channelId: string, encrypted?: boolean): void;
  /** VOICE_SERVER_UPDATE with the server's endpoint of now and a new ticket. */
  newEndpoint(): void;
  leave(): void;
}

function networkingOf(connection: VoiceConnection) {
  return 'networking' in connection.state ? connection.state.networking : undefined;
}

export async function startBot(server: VoiceServer, options: BotOptions): Promise<Bot> {
  const { guildId, userId = '900', beforeConnect } = options;
  let { channelId, encrypted = true } = options;
  const errors: Error[] = [];
  const joins: (string | null)[] = [];
  let methods: DiscordGatewayAdapterLibraryMethods | undefined;
  let sessions = 0;
  let destroyed = false;

  const connect = (): void => {
    sessions++;
    const session_id = `session-${sessions}`;
    const { token } = server.admit({ guildId, channelId, userId, sessionId: session_id, encrypted });
    beforeConnect?.();
    // biome-ignore lint/suspicious/noExplicitAny: the library reads four of the twenty fields of a voice state
    methods?.onVoiceStateUpdate({ guild_id: guildId, channel_id: channelId, user_id: userId, session_id } as any);
    methods?.onVoiceServerUpdate({ guild_id: guildId, token, endpoint: server.endpoint });
  };

  const connection = joinVoiceChannel({
    guildId,
    channelId,
    selfDeaf: false,
    group: `${userId}-${Math.random()}`,
    adapterCreator: (library) => {
      methods = library;
      return {
        sendPayload(payload) {
          const to: string | null = payload.d.channel_id;
          joins.push(to);
          if (to !== null) setImmediate(() => !destroyed && connect());
          return true;
        },
        destroy() {},
      };
    },
  });
  connection.on('error', (error) => errors.push(error));

  const listen: Bot['listen'] = (memberId) => {
    const packets: HeardOpus[] = [];
    let last: Buffer | null = null;
    const remember = (datagram: Buffer): void => {
      last = datagram;
    };
    const udp = networkingOf(connection)?.state;
    if (udp && 'udp' in udp) udp.udp.prependListener('message', remember);
    const sink = {
      destroyed: false,
      push: (opus: Buffer) => {
        packets.push({ sequence: last?.readUInt16BE(2) ?? -1, timestamp: last?.readUInt32BE(4) ?? -1, opus });
        return true;
      },
      destroy: (error: Error) => errors.push(error),
    };
    // biome-ignore lint/suspicious/noExplicitAny: the library only pushes to and destroys what is in this map
    connection.receiver.subscriptions.set(memberId, sink as any);
    return {
      packets,
      async pcm() {
        using decoder = await createDecoder({ channels: 1, sampleRate: RATE });
        const frames = packets.map(({ opus }) => decoder.decode(opus));
        const pcm = new Int16Array(frames.reduce((sum, frame) => sum + frame.length, 0));
        let at = 0;
        for (const frame of frames) {
          pcm.set(frame, at);
          at += frame.length;
        }
        return pcm;
      },
    };
  };

  const say: Bot['say'] = async (pcm, { silenceFrames = 5, speaking = true } = {}) => {
    using encoder = await createEncoder({
      channels: 1,
      sampleRate: RATE,
      frameSize: FRAME,
      application: Application.Audio,
    });
    const frames: Buffer[] = [];
    for (let at = 0; at < pcm.length; at += FRAME) {
      const frame = new Int16Array(FRAME);
      frame.set(pcm.subarray(at, at + FRAME));
      frames.push(Buffer.from(encoder.encode(frame)));
    }
    for (let count = 0; count < silenceFrames; count++) frames.push(SILENCE);
    const start = performance.now();
    for (const [index, frame] of frames.entries()) {
      connection.playOpusPacket(frame);
      const wait = start + (index + 1) * 20 - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    if (speaking) connection.setSpeaking(false);
  };

  const leave = (): void => {
    if (destroyed) return;
    destroyed = true;
    server.dismiss(guildId, userId);
    connection.destroy();
  };

  return {
    userId,
    connection,
    errors,
    joins,
    listen,
    say,
    leave,
    get privacyCode() {
      const state = networkingOf(connection)?.state;
      return state?.code === NetworkingStatusCode.Ready ? (state.dave?.voicePrivacyCode ?? null) : null;
    },
    async ready() {
      await entersState(connection, VoiceConnectionStatus.Ready, 5_000);
    },
    moved(to, nowEncrypted = encrypted) {
      channelId = to;
      encrypted = nowEncrypted;
      connect();
    },
    newEndpoint: connect,
    async [Symbol.asyncDispose]() {
      leave();
    },
  };
}
