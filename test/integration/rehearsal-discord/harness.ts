/**
 * A loopback Discord of a test's own, and its clients: the real discord.js, and bare ones for what discord.js never does.
 */
import { once } from 'node:events';
import {
  Client,
  type ClientEvents,
  type ClientOptions,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  type Interaction,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { DiscordEvent, DiscordViolationRule } from '../../../src/rehearsal/discord/discord-event.ts';
import {
  type LoopbackDiscord,
  type LoopbackDiscordOptions,
  startLoopbackDiscord,
} from '../../../src/rehearsal/discord/loopback-discord.ts';
import { trustedCertificate } from '../../kit/certificate.ts';

const certificate = trustedCertificate();

export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildVoiceStates,
  GatewayIntentBits.GuildMessages,
] as const;

type EventOf<Type> = DiscordEvent extends infer Event
  ? Event extends { readonly type: infer Types }
    ? Type extends Types
      ? Event
      : never
    : never
  : never;

export interface TestDiscord extends LoopbackDiscord {
  /** Everything that was told so far. */
  readonly events: readonly DiscordEvent[];
  /** The rules that were broken, in order. */
  readonly rules: readonly DiscordViolationRule[];
  /** The events of one type. */
  of<Type extends DiscordEvent['type']>(type: Type): EventOf<Type>[];
}

export async function startDiscord(options: LoopbackDiscordOptions = {}): Promise<TestDiscord> {
  const events: DiscordEvent[] = [];
  const rules: DiscordViolationRule[] = [];
  const discord = await startLoopbackDiscord({
    certificate: await certificate,
    ...options,
    onEvent(event) {
      events.push(event);
      if (event.type === 'violation') rules.push(event.violation.rule);
      options.onEvent?.(event);
    },
  });
  onTestFinished(() => discord.close());
  return Object.assign(discord, {
    events,
    rules,
    of: <Type extends DiscordEvent['type']>(type: Type) =>
      events.filter((event) => event.type === type) as EventOf<Type>[],
  });
}

/** discord.js, not logged in yet. It does not wait between two identifies as it would on Discord. */
export function createClient(discord: LoopbackDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: INTENTS,
    rest: { api: discord.apiUrl, retries: 0 },
    ws: { buildIdentifyThrottler: () => Promise.resolve({ waitForIdentify: () => Promise.resolve() }) },
    ...options,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** discord.js, ready. */
export async function logIn(discord: LoopbackDiscord, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = createClient(discord, options);
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  if (!client.isReady()) throw new Error('not ready');
  return client;
}

export interface Stage {
  readonly discord: TestDiscord;
  readonly client: Client<true>;
}

/** A loopback and discord.js on it. */
export async function openStage(
  options: LoopbackDiscordOptions = {},
  clientOptions: Partial<ClientOptions> = {},
): Promise<Stage> {
  const discord = await startDiscord(options);
  return { discord, client: await logIn(discord, clientOptions) };
}

/** The arguments of the next event of discord.js that is as wanted. Ask for it before what causes it. */
export function next<Name extends keyof ClientEvents>(
  client: Client,
  name: Name,
  wanted: (...args: ClientEvents[Name]) => boolean = () => true,
): Promise<ClientEvents[Name]> {
  return new Promise((resolve) => {
    const listener = (...args: ClientEvents[Name]): void => {
      if (!wanted(...args)) return;
      client.off(name, listener as never);
      resolve(args);
    };
    client.on(name, listener as never);
  });
}

export interface Answering {
  /** What went wrong while answering. */
  readonly errors: readonly unknown[];
  /** Resolves when the first interaction has been dealt with. */
  readonly done: Promise<void>;
}

/** Answers every interaction of a kind. */
export function answer<Kind extends Interaction>(
  client: Client,
  is: (interaction: Interaction) => interaction is Kind,
  act: (interaction: Kind) => Promise<unknown>,
): Answering {
  const errors: unknown[] = [];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  client.on(Events.InteractionCreate, (interaction) => {
    if (!is(interaction)) return;
    act(interaction)
      .catch((error: unknown) => errors.push(error))
      .finally(resolve);
  });
  return { errors, done };
}

/** Discord's code for a refused request of discord.js; fails when it was not refused. */
export async function refusal(request: Promise<unknown>): Promise<unknown> {
  const error = await request.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof DiscordAPIError) return error.code;
  throw error;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever Discord's JSON is
  readonly body: any;
}

/** A bare request with the bot's token. */
export async function ask(
  { apiUrl, token }: LoopbackDiscord,
  method: string,
  path: string,
  body?: object | FormData,
  authorization = `Bot ${token}`,
): Promise<RestAnswer> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${apiUrl}/v10${path}`, {
    method,
    headers: { authorization, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

export interface Frame {
  readonly op: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever Discord's JSON is
  readonly d: any;
  readonly s: number | null;
  readonly t: string | null;
}

/** A bare client of the gateway. */
export interface RawGateway {
  /** Everything that has come so far. */
  readonly frames: readonly Frame[];
  send(op: number, d: unknown): void;
  sendText(text: string): void;
  /** The first frame that is as wanted, of those that have come too. */
  frame(wanted: (frame: Frame) => boolean): Promise<Frame>;
  /** The first event with that name. */
  event(name: string): Promise<Frame>;
  identify(more?: object): void;
  /** The close code, once it is closed. */
  readonly closed: Promise<number>;
  close(code: number): void;
  /** As when the network goes. */
  cut(): void;
}

/** A connection to the gateway after its Hello. */
export async function dial(discord: LoopbackDiscord, query = '?v=10&encoding=json'): Promise<RawGateway> {
  const { body } = await ask(discord, 'GET', '/gateway/bot');
  const ws = new WebSocket(`${body.url}${query}`);
  onTestFinished(() => ws.terminate());
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  ws.on('error', () => undefined);
  ws.on('message', (data) => {
    frames.push(JSON.parse(data.toString()));
    for (const look of [...waiting]) look();
  });
  const closed = once(ws, 'close').then(([code]: number[]) => code ?? 0);
  const frame: RawGateway['frame'] = (wanted) => {
    const { promise, resolve } = Promise.withResolvers<Frame>();
    const look = (): void => {
      const found = frames.find(wanted);
      if (found) resolve(found);
    };
    waiting.add(look);
    look();
    return promise.finally(() => waiting.delete(look));
  };
  const send: RawGateway['send'] = (op, d) => ws.send(JSON.stringify({ op, d }));
  const properties = { os: 'linux', browser: 'test', device: 'test' };
  await once(ws, 'open');
  await Promise.race([frame(({ op }) => op === 10), closed]);
  return {
    frames,
    closed,
    send,
    frame,
    sendText: (text) => ws.send(text),
    event: (name) => frame(({ t }) => t === name),
    identify: (more = {}) => send(2, { token: discord.token, intents: 1 | (1 << 7) | (1 << 9), properties, ...more }),
    close: (code) => ws.close(code),
    cut: () => ws.terminate(),
  };
}

/** Fails loudly instead of handing on `undefined` or `null`. */
export function must<Value>(value: Value): NonNullable<Value> {
  if (value === undefined || value === null) throw new Error('missing');
  return value;
}
