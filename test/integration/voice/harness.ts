import { Application, createEncoder } from 'libopus-wasm';
import { expect, onTestFinished } from 'vitest';
import type { CallControl } from '../../../src/rehearsal/discord/voice/call-control.ts';
import type { VoiceMember } from '../../../src/rehearsal/discord/voice/member.ts';
import type { VoiceServerEvent } from '../../../src/rehearsal/discord/voice/voice-event.ts';
import { startVoiceServer, type VoiceServer } from '../../../src/rehearsal/discord/voice/voice-server.ts';
import type { SpeakerPacket } from '../../../src/types/audio-units.ts';
import { createLink } from '../../../src/voice/link.ts';
import type { LinkState } from '../../../src/voice/link-state.ts';
import type { MuteState, VoiceLink } from '../../../src/voice/voice-link.ts';
import { trustedCertificate } from '../../kit/certificate.ts';
import { createSkippingClock, type SkippingClock } from './skipping-clock.ts';

export const GUILD = '1000';
export const CHANNEL = '2000';
export const OTHER_CHANNEL = '2001';
export const BOT = '3000';
export const ALICE = '3001';
export const BOB = '3002';

/** One a process: of two authorities with the same name only the first is found. */
const certificate = trustedCertificate();

/** Discord's main gateway, as far as a link meets it. */
export interface Gateway {
  /** The channel of every op 4 that was sent, in order; null: to leave. */
  readonly asked: (string | null)[];
  /** False: op 4 is taken and never answered, as for a full channel. */
  answers: boolean;
  moveTo(channelId: string): void;
  kick(): void;
  /** The voice server goes away; another one is named with `nameServer`. */
  removeEndpoint(): void;
  nameServer(endpoint?: string): void;
  mute(flags: { mute?: boolean; deaf?: boolean; suppress?: boolean }): void;
}

export interface Setup {
  readonly server: VoiceServer;
  readonly gateway: Gateway;
  readonly link: VoiceLink;
  readonly clock: SkippingClock;
  readonly states: LinkState[];
  readonly packets: { readonly speakerId: string; readonly packet: SpeakerPacket }[];
  readonly encryption: boolean[];
  readonly moved: string[];
  readonly muted: MuteState[];
  readonly counts: Map<string, number>;
  readonly events: VoiceServerEvent[];
  call(channelId?: string): CallControl;
  join(userId: string, channelId?: string): VoiceMember;
  /** Waits until it holds; looks every few ms of real time. */
  until(condition: () => boolean, what: string): Promise<void>;
  /** Ready, and with `members` encrypted end to end. */
  ready(): Promise<void>;
  secured(): Promise<void>;
}

/** A voice server, a gateway that answers for it, and a link that is joining. Everything is closed after the test. */
export async function setUp({ kind = 'voice' as 'voice' | 'stage', answers = true } = {}): Promise<Setup> {
  const encrypted = kind === 'voice';
  const events: VoiceServerEvent[] = [];
  const server = await startVoiceServer({ ...(await certificate), onEvent: (event) => events.push(event) });
  const clock = createSkippingClock();
  const counts = new Map<string, number>();
  const told = { states: [], packets: [], encryption: [], moved: [], muted: [] } as Pick<
    Setup,
    'states' | 'packets' | 'encryption' | 'moved' | 'muted'
  >;
  let sessions = 0;
  let channel = CHANNEL;

  const tellState = (channel_id: string | null, flags = {}): void =>
    link.gatewayPayload({
      event: 'VOICE_STATE_UPDATE',
      data: { guild_id: GUILD, channel_id, user_id: BOT, session_id: `session-${sessions}`, ...flags },
    });
  const tellServer = (endpoint: string | null): void => {
    const { token } = server.admit({
      guildId: GUILD,
      channelId: channel,
      userId: BOT,
      sessionId: `session-${sessions}`,
      encrypted,
    });
    link.gatewayPayload({ event: 'VOICE_SERVER_UPDATE', data: { token, guild_id: GUILD, endpoint } });
  };
  const enter = (channelId: string): void => {
    channel = channelId;
    sessions++;
    tellState(channelId);
    tellServer(server.endpoint);
  };
  const gateway: Gateway = {
    asked: [],
    answers,
    moveTo: enter,
    kick() {
      tellState(null);
      server.dismiss(GUILD, BOT);
    },
    removeEndpoint: () =>
      link.gatewayPayload({
        event: 'VOICE_SERVER_UPDATE',
        data: { token: 'none', guild_id: GUILD, endpoint: null },
      }),
    nameServer: (endpoint = server.endpoint) => tellServer(endpoint),
    mute: (flags) => tellState(channel, flags),
  };
  const link = createLink({
    guildId: GUILD,
    channelId: CHANNEL,
    selfId: BOT,
    channelKind: kind,
    clock,
    random: () => 0,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    adapter: {
      sendPayload(payload) {
        const asked = channelOf(payload);
        gateway.asked.push(asked);
        if (gateway.answers) setImmediate(() => (asked === null ? tellState(null) : enter(asked)));
        return true;
      },
    },
    on: {
      state: (state) => void told.states.push(state),
      packet: (speakerId, packet) => void told.packets.push({ speakerId, packet }),
      encryption: (ready) => void told.encryption.push(ready),
      moved: (channelId) => void told.moved.push(channelId),
      muted: (state) => void told.muted.push(state),
    },
  });
  onTestFinished(async () => {
    gateway.answers = false;
    await link.close();
    clock.close();
    await server.close();
  });

  const until: Setup['until'] = async (condition, what) => {
    const deadline = performance.now() + 8000;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}; ${JSON.stringify([...counts])}`);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  };
  const call = (channelId = CHANNEL): CallControl => {
    const control = server.call(channelId);
    if (!control) throw new Error(`nobody is in ${channelId}`);
    return control;
  };
  return {
    ...told,
    server,
    gateway,
    link,
    clock,
    counts,
    events,
    call,
    join: (userId, channelId = CHANNEL) => server.joinMember({ guildId: GUILD, channelId, userId, encrypted }),
    until,
    ready: () => until(() => link.state.status === 'ready', 'the link is ready'),
    secured: () => until(() => link.canSend(), 'the link may send'),
  };
}

function channelOf(payload: unknown): string | null {
  expect(payload).toMatchObject({ op: 4, d: { guild_id: GUILD, self_deaf: false, self_mute: false } });
  const { d } = payload as { d: { channel_id: string | null } };
  return d.channel_id;
}

/** A tone of 440 Hz, 48 kHz mono. */
export function tone(ms: number): Int16Array {
  return Int16Array.from({ length: ms * 48 }, (_, i) => Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 48_000)));
}

/** The tone as Opus packets of 20 ms. */
export async function toneOpus(count: number): Promise<Uint8Array[]> {
  const encoder = await createEncoder({
    channels: 1,
    sampleRate: 48_000,
    frameSize: 960,
    application: Application.Voip,
    bitrate: 48_000,
  });
  const pcm = tone(count * 20);
  const packets = Array.from({ length: count }, (_, i) => encoder.encode(pcm.slice(i * 960, (i + 1) * 960)).slice());
  encoder.free();
  return packets;
}
