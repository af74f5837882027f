/**
 * The stage of a rehearsal: both loopbacks (or the real Live service), the tap on the Live wire, and what the bot is told of them.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoopbackDiscord, type LoopbackDiscordOptions, startLoopbackDiscord } from './discord/loopback-discord.ts';
import type { VoiceServerEvent } from './discord/voice/voice-event.ts';
import { type LoopbackLive, type LoopbackLiveOptions, startLoopbackLive } from './live/loopback-live.ts';
import { createSpeechThread, type SpeechThread } from './speech/speech-thread.ts';
import { type LiveWire, openLiveWire } from './wire/live-wire.ts';

/** Where the Live side is: a stand-in of our own, or Google's with a key that costs money. */
export type LiveSide = { readonly kind: 'loopback' } | { readonly kind: 'google'; readonly apiKey: string };

export interface Stage extends AsyncDisposable {
  readonly discord: LoopbackDiscord;
  /** Null with the real service. */
  readonly loopbackLive: LoopbackLive | null;
  readonly wire: LiveWire;
  readonly speech: SpeechThread;
  /** What the bot needs to run against this stage; the rest of its settings are its defaults. */
  readonly env: Readonly<Record<string, string>>;
  onVoice(listener: (event: VoiceServerEvent) => void): () => void;
  readonly now: () => number;
}

export interface StageOptions {
  readonly live: LiveSide;
  /** The bot's database; one in memory, gone with the bot, unless told. */
  readonly databaseUrl?: string;
  /** One server with a lounge, Adam and Beth unless told. */
  readonly discordOptions?: Pick<LoopbackDiscordOptions, 'guilds' | 'messageContent' | 'rateLimited'>;
  readonly liveOptions?: Partial<LoopbackLiveOptions>;
}

const GOOGLE = 'https://generativelanguage.googleapis.com';
/** The worst that is seen on the real service, so that a bot that waits for `interrupted` is heard to (live-api.md §8.1). */
const INTERRUPTED_DELAY_MS = 500;
/** Opens nothing; the form of Google's keys so that whatever checks forms is content. */
const LOOPBACK_KEY = 'loopback-key-that-opens-nothing';

export async function openStage(options: StageOptions): Promise<Stage> {
  const { live, databaseUrl = 'sqlite::memory:', discordOptions = {}, liveOptions = {} } = options;
  await using parts = new AsyncDisposableStack();
  const now = (): number => performance.timeOrigin + performance.now();
  const voiceListeners = new Set<(event: VoiceServerEvent) => void>();
  const speech = parts.use(createSpeechThread());
  const liveDefaults = { speech, interruptedDelayMs: INTERRUPTED_DELAY_MS };
  const loopbackLive =
    live.kind === 'google' ? null : parts.use(await startLoopbackLive({ ...liveDefaults, ...liveOptions }));
  const wire = await openLiveWire(loopbackLive?.url ?? GOOGLE, now);
  parts.defer(() => wire.close());
  const discord = parts.use(
    await startLoopbackDiscord({
      ...discordOptions,
      now,
      onVoiceEvent: (event) => {
        for (const listener of [...voiceListeners]) listener(event);
      },
    }),
  );
  const folder = await mkdtemp(join(tmpdir(), 'parley-rehearsal-'));
  // Also when the process is ended in the middle.
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  parts.defer(() => {
    process.off('exit', removeFolder);
    removeFolder();
  });
  const certificate = join(folder, 'loopback-ca.pem');
  await writeFile(certificate, discord.caPem);
  const owned = parts.move();
  return {
    discord,
    loopbackLive,
    wire,
    speech,
    now,
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      GEMINI_API_KEY: live.kind === 'google' ? live.apiKey : LOOPBACK_KEY,
      GEMINI_BASE_URL: wire.url,
      NODE_EXTRA_CA_CERTS: certificate,
      DATABASE_URL: databaseUrl,
      HTTP_PORT: '0',
    },
    onVoice(listener) {
      voiceListeners.add(listener);
      return () => voiceListeners.delete(listener);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
