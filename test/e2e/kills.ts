/**
 * The bot as a process that is killed in the middle of its answers, again and again, and started anew on the same database.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'vitest';
import { type BotProcess, startBot } from '../../src/rehearsal/bot-process.ts';
import { type Cast, gather } from '../../src/rehearsal/cast.ts';
import type { Interaction } from '../../src/rehearsal/discord/interactions/interaction.ts';
import { wordsOf } from '../../src/rehearsal/discord/message-words.ts';
import type { Answer, Heard } from '../../src/rehearsal/live/answer.ts';
import type { LoopbackLiveEvent } from '../../src/rehearsal/live/live-event.ts';
import type { LoopbackLive } from '../../src/rehearsal/live/loopback-live.ts';
import { openStage, type Stage } from '../../src/rehearsal/stage.ts';
import { SHORT_ANSWER, spoken } from './harness.ts';

const PATIENCE_MS = 20_000;
/** Voiced packets that make an answer begun for everybody: half a second. */
const BEGUN = 25;

export interface KilledBot {
  readonly stage: Stage;
  readonly live: LoopbackLive;
  readonly cast: Cast;
  /** All that happened at the Live side. */
  readonly events: readonly LoopbackLiveEvent[];
  /** What each turn had to answer. */
  readonly heard: readonly Heard[];
  /** The process of the moment. */
  readonly bot: BotProcess;
  /** Adam asks and is answered shortly; resolves when the bot has finished speaking. */
  exchange(utterance: string): Promise<void>;
  /** Adam asks, and in the middle of the long answer the bot is killed. */
  killInAnswer(utterance: string): Promise<void>;
  /** Starts a new process; resolves with the time, ms, that it took to be in the call and to have said so. */
  restart(): Promise<number>;
  /** What the lounge reads, one text a message. */
  posted(): readonly string[];
  /** What SQLite itself says of the file, and the rooms in it. */
  database(): { readonly integrity: string; readonly rooms: readonly unknown[] };
}

/** The bot is in the lounge with Adam and Beth. */
export async function startKilledBot({ onTestFinished }: TestContext): Promise<KilledBot> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-kills-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'parley.db');
  const heard: Heard[] = [];
  const answers: Answer[] = [];
  const respond = (turn: Heard): Answer => {
    heard.push(turn);
    return answers.shift() ?? { kind: 'say', text: SHORT_ANSWER };
  };
  const stage = await openStage({
    live: { kind: 'loopback' },
    databaseUrl: `sqlite:${path}`,
    liveOptions: { respond },
  });
  onTestFinished(() => stage[Symbol.asyncDispose]());
  const live = stage.loopbackLive;
  if (live === null) throw new Error('there is no loopback Live');
  const events: LoopbackLiveEvent[] = [];
  live.on((event) => void events.push(event));
  const start = (): BotProcess => startBot(stage.env, () => undefined);
  let bot = start();
  onTestFinished(async () => void (await bot.stop()));
  await bot.ready;
  const cast = gather(stage.discord);
  const { listener } = cast;
  await cast.people.Adam.command('join').until(({ state }: Interaction) => state.status === 'answered');

  /** In the call, encrypted, and its tone has been heard. */
  const listening = async (mark = { packet: 0, flag: 0 }): Promise<void> => {
    await stage.discord.voice.call(cast.channel.id)?.until((call) => call.botSecured, PATIENCE_MS);
    await listener.heard.until(({ voiced, flags }) => voiced.length > 0 && flags.at(-1)?.speaking === false, {
      mark,
      timeoutMs: PATIENCE_MS,
    });
  };
  await listening();
  const posted = (): readonly string[] => cast.channel.messages.map(wordsOf);

  return {
    stage,
    live,
    cast,
    events,
    heard,
    get bot() {
      return bot;
    },
    async exchange(utterance) {
      const mark = listener.heard.mark();
      await cast.voiceOf('Adam').speak(await spoken(utterance));
      await listener.heard.until(({ voiced, flags }) => voiced.length > 0 && flags.at(-1)?.speaking === false, {
        mark,
        timeoutMs: PATIENCE_MS,
      });
    },
    async killInAnswer(utterance) {
      answers.push({ kind: 'long', seconds: 30 });
      const mark = listener.heard.mark();
      await cast.voiceOf('Adam').speak(await spoken(utterance));
      await listener.heard.until(({ voiced }) => voiced.length > BEGUN, { mark, timeoutMs: PATIENCE_MS });
      bot.kill();
      await bot.exited;
    },
    async restart() {
      const said = posted().length;
      const mark = listener.heard.mark();
      const startedAt = performance.now();
      bot = start();
      await bot.ready;
      await stage.discord.until(() => posted().length > said, PATIENCE_MS);
      const tookMs = performance.now() - startedAt;
      await listening(mark);
      return tookMs;
    },
    posted,
    database() {
      const database = new DatabaseSync(path, { readOnly: true });
      try {
        const [check] = database.prepare('PRAGMA integrity_check').all();
        return {
          integrity: String(check?.['integrity_check']),
          rooms: database.prepare('SELECT * FROM open_rooms').all(),
        };
      } finally {
        database.close();
      }
    },
  };
}
