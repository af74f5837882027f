/**
 * A rehearsal from its options to its exit code (DESIGN.md §4, §7): stage, bot, conversation, report.
 */
import { access, constants, mkdir } from 'node:fs/promises';
import { type BotLine, type BotProcess, startBot } from './bot-process.ts';
import { type ConversationRun, runConversation } from './conversation-run.ts';
import { figuresOf, figureTable } from './figures.ts';
import { LIVE_LABEL } from './live/respond.ts';
import type { RehearsalOptions } from './options.ts';
import type { PerformedTurn } from './performance.ts';
import { type PreparedTurn, prepareOwn, prepareScript } from './prepare-script.ts';
import { writeRecordings } from './recordings.ts';
import type { RehearsalReport, TurnReport } from './report.ts';
import { CONVERSATION, type ScriptedTurn } from './script.ts';
import { RecordingError } from './speech/load-recording.ts';
import { type LiveSide, openStage, type Stage } from './stage.ts';
import { tellTurn } from './tell-report.ts';
import { createTimeline, type Timeline } from './timeline.ts';

export const EXIT = { fine: 0, wrong: 1, usage: 64, config: 78 } as const;

export interface RehearsalIo {
  /** The JSON document, when one is asked for. */
  stdout(text: string): void;
  /** Timeline, figures, problems: for a person. */
  tell(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** With `--keep-running`: resolves when the person wants to end it. */
  readonly ended: Promise<void>;
  /** Whoever waits for the rehearsal has given up: the bot is not left behind. */
  readonly abandoned?: AbortSignal;
}

/** Resolves with the exit code. @param conversation what is said; the whole of it unless told */
export async function rehearse(
  options: RehearsalOptions,
  io: RehearsalIo,
  conversation: readonly ScriptedTurn[] = CONVERSATION,
): Promise<number> {
  const live = liveSide(options, io);
  if (live === null) {
    io.tell('--real talks to the real Live service: set GEMINI_API_KEY to a key of a billed project.');
    return EXIT.config;
  }
  const prepared = await prepareFiles(options);
  if ('problem' in prepared) {
    io.tell(prepared.problem);
    return EXIT.usage;
  }
  const liveName = live.kind === 'google' ? 'Gemini' : 'Stand-in';
  await using stage = await openStage({ live });
  const timeline = createTimeline({ write: io.tell, now: stage.now });
  timeline.print(live.kind === 'google' ? "The Live side is Google's." : `The Live side is the ${LIVE_LABEL}.`);
  const script = await prepareScript(stage.speech, conversation, prepared.own);
  const { abandoned } = io;
  const report = await rehearseOnce(stage, script, { options, timeline, liveName, live: live.kind, abandoned });
  if (options.json) io.stdout(`${JSON.stringify(report, null, 2)}\n`);
  tellOutcome(report, options, io.tell);
  if (options.keepRunning) await keepRunning(stage, script, timeline, liveName, io);
  return report.ok ? EXIT.fine : EXIT.wrong;
}

function liveSide({ real }: RehearsalOptions, { env }: RehearsalIo): LiveSide | null {
  if (!real) return { kind: 'loopback' };
  const apiKey = env['GEMINI_API_KEY'];
  return apiKey ? { kind: 'google', apiKey } : null;
}

type Prepared = { readonly own: { file: string; pcm: Int16Array } | null } | { readonly problem: string };

/** What the person named is looked at before anything starts. */
async function prepareFiles({ say, out }: RehearsalOptions): Promise<Prepared> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (error) {
    return { problem: `${out} cannot be written to: ${error instanceof Error ? error.message : String(error)}` };
  }
  try {
    return { own: await prepareOwn(say) };
  } catch (error) {
    if (error instanceof RecordingError) return { problem: error.message };
    throw error;
  }
}

interface RunContext {
  readonly options: RehearsalOptions;
  readonly timeline: Timeline;
  readonly liveName: string;
  readonly live: LiveSide['kind'];
  readonly abandoned: AbortSignal | undefined;
}

async function rehearseOnce(
  stage: Stage,
  script: readonly PreparedTurn[],
  context: RunContext,
): Promise<RehearsalReport> {
  const { options, timeline, liveName, live, abandoned } = context;
  const origin = stage.now();
  timeline.note('Rehearsal', 'starts the bot: src/main.ts');
  const bot = startBot(stage.env, (line) => tellTrouble(timeline, line));
  abandoned?.addEventListener('abort', () => bot.kill(), { once: true });
  const run = await runWithBot(bot, () => runConversation(stage, script, timeline, liveName));
  for (const turn of run.turns) if (turn.exchanges.length > 1) timeline.print(severalWindows(turn));
  const exitCode = await bot.stop();
  const problems = [...run.problems, ...botProblems(bot, exitCode)];
  const turns: TurnReport[] = [];
  for (const turn of run.turns) turns.push(tellTurn(turn, await writeRecordings(options.out, turn), origin));
  const missed = options.strict
    ? figuresOf(turns)
        .filter((row) => row.missed)
        .map(({ name }) => `budget missed: ${name}`)
    : [];
  const violations = violationsOf(stage);
  const clean = violations.discord.length === 0 && violations.live.length === 0;
  const all = [...problems, ...missed];
  return { schema: 1, ok: clean && all.length === 0, live, model: stage.wire.model, turns, violations, problems: all };
}

async function runWithBot(bot: BotProcess, run: () => Promise<ConversationRun>): Promise<ConversationRun> {
  try {
    await bot.ready;
    return await run();
  } catch (error) {
    return { turns: [], problems: [error instanceof Error ? error.message : String(error)] };
  }
}

function tellTrouble(timeline: Timeline, { level, msg, fields }: BotLine): void {
  if (msg === 'ready') timeline.note('Parley', `is ready; invite: ${String(fields['invite'])}`);
  else if (level === 'warn' || isError(level)) timeline.note('Parley', `logs: ${msg}`);
}

function severalWindows({ scripted, exchanges }: PerformedTurn): string {
  return `${scripted.label} has pauses in it that end a turn: it came as ${exchanges.length} windows, and what is told of it is the last answer.`;
}

/** What the bot itself holds to be wrong. */
function isError(level: BotLine['level']): boolean {
  return level === 'error' || level === 'fatal';
}

function botProblems({ troubles }: BotProcess, exitCode: number | null): string[] {
  const errors = troubles.filter(({ level }) => isError(level)).map(({ msg }) => `the bot logged an error: ${msg}`);
  return exitCode === 0 ? errors : [...errors, `the bot ended with code ${exitCode} instead of 0`];
}

function violationsOf({ discord, loopbackLive }: Stage): RehearsalReport['violations'] {
  const words = ({ rule, detail }: { readonly rule: string; readonly detail: string }): string => `${rule}: ${detail}`;
  return {
    discord: [...discord.violations.map(words), ...discord.voice.violations.map(words)],
    live: (loopbackLive?.violations ?? []).map(words),
  };
}

function tellOutcome(report: RehearsalReport, { out }: RehearsalOptions, tell: (line: string) => void): void {
  tell('');
  for (const line of figureTable(figuresOf(report.turns))) tell(line);
  tell('');
  const wavs = report.turns.reduce((sum, { heardWav, answer }) => sum + (heardWav ? 1 : 0) + (answer ? 1 : 0), 0);
  const violations = [...report.violations.discord, ...report.violations.live];
  tell(
    `${report.turns.length} turns, ${wavs} WAV files in ${out}, ${violations.length} protocol violations, ${report.problems.length} problems.`,
  );
  for (const violation of violations) tell(`  violation: ${violation}`);
  for (const problem of report.problems) tell(`  problem: ${problem}`);
  tell(report.ok ? 'The rehearsal went well.' : 'The rehearsal went wrong.');
}

async function keepRunning(
  stage: Stage,
  script: readonly PreparedTurn[],
  timeline: Timeline,
  liveName: string,
  io: RehearsalIo,
): Promise<void> {
  io.tell('');
  io.tell('Both loopbacks stay up. In another terminal:');
  io.tell('');
  for (const [name, value] of Object.entries(stage.env)) io.tell(`export ${name}='${value}'`);
  io.tell('npm start');
  io.tell('');
  io.tell('Each time a bot is ready, Adam and Beth meet and talk with it. Ctrl+C ends it.');
  let talking: Promise<unknown> = Promise.resolve();
  const stop = stage.discord.on((event) => {
    if (event.type !== 'identified') return;
    talking = talking.then(() => meet(stage, script, timeline, liveName));
  });
  await io.ended;
  stop();
}

/** What the bot still has to do between logging in and being ready for commands. */
const SETTLES_MS = 2_000;

async function meet(
  stage: Stage,
  script: readonly PreparedTurn[],
  timeline: Timeline,
  liveName: string,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
  try {
    const { problems } = await runConversation(stage, script, timeline, liveName);
    for (const problem of problems) timeline.print(`  problem: ${problem}`);
  } catch (error) {
    timeline.print(`  problem: ${error instanceof Error ? error.message : String(error)}`);
  }
}
