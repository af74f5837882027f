import { createCipheriv } from 'node:crypto';
import { type DiscordGatewayAdapterLibraryMethods, joinVoiceChannel, type VoiceConnection } from '@discordjs/voice';
import { onTestFinished } from 'vitest';

let connections = 0;

export interface Upstream {
  readonly connection: VoiceConnection;
  readonly library: DiscordGatewayAdapterLibraryMethods;
}

/** A connection of the library itself, in signalling, whose adapter is `sendPayload`. Destroyed after the test. */
export function openUpstream(sendPayload: (payload: unknown) => boolean = () => true): Upstream {
  const methods: DiscordGatewayAdapterLibraryMethods[] = [];
  const connection = joinVoiceChannel({
    guildId: '1',
    channelId: '2',
    group: `upstream:${++connections}`,
    adapterCreator: (library) => {
      methods.push(library);
      return { sendPayload, destroy: () => undefined };
    },
  });
  connection.on('error', () => undefined);
  onTestFinished(() => {
    if (connection.state.status !== 'destroyed') connection.destroy(false);
  });
  const [library] = methods;
  if (!library) throw new Error('the library made no adapter');
  return { connection, library };
}

/** What the gateway sends after an op 4; the port refuses connections, so nothing but the code under test closes. */
export function nameServer({ library }: Upstream): void {
  library.onVoiceStateUpdate({
    channel_id: '2',
    user_id: '3',
    session_id: 's',
    deaf: false,
    mute: false,
    self_deaf: false,
    self_mute: false,
    self_video: false,
    suppress: false,
    request_to_speak_timestamp: null,
  });
  library.onVoiceServerUpdate({ guild_id: '1', token: 't', endpoint: '127.0.0.1:1' });
}

export const SSRC = 4242;
const SECRET_KEY = Buffer.alloc(32, 7);

/** Makes a receiver ready for packets of `createPacket`. */
export function prepareReceiver({ connection: { receiver } }: Upstream, speakerId: string): void {
  receiver.ssrcMap.update({ userId: speakerId, audioSSRC: SSRC });
  receiver.connectionData = {
    encryptionMode: 'aead_aes256_gcm_rtpsize',
    secretKey: SECRET_KEY,
    nonceBuffer: Buffer.alloc(12),
  };
}

/** An RTP packet, `aead_aes256_gcm_rtpsize`. */
export function createPacket(opus: Buffer, { sequence = 1, timestamp = 960 } = {}): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(0x8078, 0);
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(timestamp, 4);
  header.writeUInt32BE(SSRC, 8);
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(sequence, 0);
  const cipher = createCipheriv('aes-256-gcm', SECRET_KEY, nonce);
  cipher.setAAD(header);
  const sealed = Buffer.concat([cipher.update(opus), cipher.final()]);
  return Buffer.concat([header, sealed, cipher.getAuthTag(), nonce.subarray(0, 4)]);
}

/** The same packet as somebody would send it who does not have the key. */
export function forge(packet: Buffer): Buffer {
  const forged = Buffer.from(packet);
  forged[14] = (forged[14] ?? 0) ^ 0xff;
  return forged;
}
