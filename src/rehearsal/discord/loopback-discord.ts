/**
 * The loopback Discord: REST, gateway, voice with end-to-end encryption, and simulated people, on this machine's own ports.
 *
 * A stand-in that is as strict as Discord where that is known (discord.md): what Discord refuses it refuses in Discord's words, and
 * what no bot in good order does is a violation.
 */
import { createLocalCertificate, type LocalCertificate } from './certificate.ts';
import { createCommands } from './commands.ts';
import { createDiscordControl, type DiscordControl } from './discord-control.ts';
import type { DiscordEvent, DiscordHappening, DiscordViolation, DiscordViolationRule } from './discord-event.ts';
import { openEndpoint } from './endpoint.ts';
import { createFiles } from './files.ts';
import { createGatewayServer } from './gateway/gateway-server.ts';
import { createInteractions, type Timer } from './interactions/interactions.ts';
import { createLookout } from './lookout.ts';
import { createMessages } from './messages.ts';
import { createRestHandler, type RestFaults } from './rest/rest-server.ts';
import type { VoiceServerEvent } from './voice/voice-event.ts';
import { startVoiceServer, type VoiceServer } from './voice/voice-server.ts';
import { createVoiceStates } from './voice-states.ts';
import { createWorld, DEFAULT_GUILD, type GuildSpec, type World } from './world/world.ts';

export interface LoopbackDiscordOptions {
  readonly guilds?: readonly GuildSpec[];
  readonly botName?: string;
  /** The message content intent is switched on in the application's settings. */
  readonly messageContent?: boolean;
  readonly heartbeatIntervalMs?: number;
  /** Off for tests that are about something else. */
  readonly rateLimited?: boolean;
  /** How long the voice state of a bot that was killed stays in its channel beside a new session of it; not at all unless told. */
  readonly ghostMs?: number;
  readonly onEvent?: (event: DiscordEvent) => void;
  readonly onVoiceEvent?: (event: VoiceServerEvent) => void;
  /** ms of the time line that events are told on. */
  readonly now?: () => number;
  /** For what Discord waits for: an answer to an interaction, a bot that resumes. Calls `fn` once, after `ms`. */
  readonly after?: (ms: number, fn: () => void) => Timer;
  /** Port of REST and gateway; a free one unless told. */
  readonly port?: number;
  /** For the voice server; a new one unless told, which whoever connects has yet to trust. */
  readonly certificate?: LocalCertificate;
}

export interface LoopbackDiscord extends AsyncDisposable {
  /** For DISCORD_API_URL. */
  readonly apiUrl: string;
  /** For DISCORD_TOKEN. */
  readonly token: string;
  readonly applicationId: string;
  /** PEM of what signs the voice server's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly caPem: string;
  readonly world: World;
  readonly voice: VoiceServer;
  readonly violations: readonly DiscordViolation[];
  readonly control: DiscordControl;
  /** Returns what ends the listening. */
  on(listener: (event: DiscordEvent) => void): () => void;
  /**
   * Resolves with the first truthy answer of `look`, which is asked at once and after everything that happens here or in a call.
   *
   * @throws Error after `timeoutMs`
   */
  until<Found>(look: () => Found, timeoutMs?: number): Promise<NonNullable<Found>>;
  close(): Promise<void>;
}

/** As Discord asks its clients: 41.25 s. */
const HEARTBEAT_INTERVAL_MS = 41_250;
const MOST_VIOLATIONS = 1_000;
/** The form of a bot's token: its id in base64, a time, a signature. Nothing of it is secret here. */
const TOKEN_TAIL = 'GoOdLk.loopback-discord-token-that-opens-nothing-else';

export async function startLoopbackDiscord(options: LoopbackDiscordOptions = {}): Promise<LoopbackDiscord> {
  const { guilds = [DEFAULT_GUILD], botName = 'Parley', messageContent = false, rateLimited = true } = options;
  const { ghostMs = 0 } = options;
  const now = options.now ?? (() => performance.timeOrigin + performance.now());
  const after = options.after ?? afterRealTime;
  const world = createWorld({ guilds, botName, messageContent, now: Date.now });
  const certificate = options.certificate ?? (await createLocalCertificate());
  const violations: DiscordViolation[] = [];
  const listeners = new Set<(event: DiscordEvent) => void>();
  if (options.onEvent) listeners.add(options.onEvent);
  const token = { value: `${Buffer.from(world.bot.id).toString('base64url')}.${TOKEN_TAIL}` };
  const faults: RestFaults = { delayMs: 0, failWith: null };
  const lookout = createLookout();
  let port = 0;

  const tell = (happening: DiscordHappening): void => {
    const event = { at: now(), ...happening };
    for (const listener of [...listeners]) listener(event);
    lookout.changed();
  };
  const violation = (rule: DiscordViolationRule, detail: string): void => {
    const found = { at: now(), rule, detail };
    if (violations.length < MOST_VIOLATIONS) violations.push(found);
    tell({ type: 'violation', violation: found });
  };
  const dispatch = (event: string, data: object): boolean => gateway.dispatch(event, data);
  const gatewayUrl = (): string => `ws://127.0.0.1:${port}/gateway`;

  const voice = await startVoiceServer({
    key: certificate.key,
    cert: certificate.cert,
    now,
    onEvent(event) {
      options.onVoiceEvent?.(event);
      lookout.changed();
    },
  });
  const botSessionId = (): string | null => gateway.sessionId;
  const voiceStates = createVoiceStates({ world, voice, botSessionId, dispatch, tell });
  const gateway = createGatewayServer({
    world,
    token: () => token.value,
    url: gatewayUrl,
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS,
    now,
    after,
    voiceState: voiceStates.botAsks,
    sessionEnded(sessionId, superseded) {
      if (superseded && ghostMs > 0) after(ghostMs, () => voiceStates.botGone(sessionId));
      else voiceStates.botGone();
    },
    tell,
    violation,
  });
  const cdn = (): string => `http://127.0.0.1:${port}`;
  const files = createFiles({ nextId: world.nextId, cdn, wallClock: Date.now });
  const messages = createMessages({ world, files, wallClock: Date.now, dispatch, tell });
  const interactions = createInteractions({ world, messages, now, after, dispatch, tell, violation });
  const commands = createCommands({ world, tell, violation });
  const parts = { world, commands, interactions, messages, files, voiceStates, dispatch };
  const identifies = (): number => gateway.identifies;
  const deps = { ...parts, gatewayUrl, identifies, tell, violation };
  const rest = createRestHandler({ deps, token: () => token.value, faults, rateLimited, now, tell, violation });

  const endpoint = await openEndpoint({ port: options.port ?? 0, rest, gateway: gateway.accept }).catch(
    async (error) => {
      await voice.close();
      throw error;
    },
  );
  port = endpoint.port;

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    gateway.close();
    interactions.close();
    lookout.close();
    await Promise.all([voice.close(), endpoint.close()]);
  };
  const closeOnce = (): Promise<void> => {
    closing ??= close();
    return closing;
  };

  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    get token() {
      return token.value;
    },
    applicationId: world.applicationId,
    caPem: certificate.cert,
    world,
    voice,
    violations,
    control: createDiscordControl({ ...parts, until: lookout.until, gateway, faults, token }),
    until: lookout.until,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}

/** Without keeping the process alive: an interaction may be open for a quarter of an hour. */
function afterRealTime(ms: number, fn: () => void): Timer {
  const handle = setTimeout(fn, ms).unref();
  return { cancel: () => clearTimeout(handle) };
}
