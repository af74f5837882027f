import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import { directory } from '../../kit/database-file.ts';
import { answered, words } from './harness.ts';
import { DAY_MS, NOON, type TranscriptStage, transcriptStage } from './transcript-stage.ts';

const fileOf = ({ messages }: Interaction): string => messages[0]?.attachments[0]?.bytes.toString('utf8') ?? '';
const show = (stage: TranscriptStage, who: string, options: Record<string, boolean> = {}) =>
  stage.discord.control.person(who).command('transcript', { subcommand: 'show', options });

const LINES = [
  'Lounge, 2026-11-24 12:00 to 2026-11-24 12:00 (UTC)',
  'As Gemini understood it: approximate, not word for word.',
  '',
  '[2026-11-24 12:00:00] Adam: What time is it?',
  '[2026-11-24 12:00:00] Parley: It is (interrupted)',
  '',
];

/** Adam has asked in the lounge, and was answered. */
async function spoken(options: Parameters<TranscriptStage['start']>[0] = {}) {
  const stage = await transcriptStage();
  const bot = await stage.start(options);
  await stage.transcript('on');
  stage.says(bot, 'Adam', 1, 'What time\nis it?');
  stage.answers(bot, 1, 'It is', { interrupted: true });
  return { ...stage, bot };
}

test('the latest conversation comes as a private file to everybody who could have listened', async () => {
  const stage = await spoken();
  for (const who of ['Adam', 'Beth']) {
    const reply = await show(stage, who).until(answered);
    expect(words(reply)).toContain(`What was said in <#${stage.lounge.id}> from <t:1795521600:f>`);
    expect(reply.messages[0]?.privateTo).toBe(stage.discord.control.person(who).id);
    expect(fileOf(reply).split('\n')).toEqual(LINES);
  }
  expect(stage.discord.violations).toEqual([]);
});

test('who may not enter the voice channel gets nothing, and does not learn that there is something', async () => {
  const stage = await spoken();
  const { discord, lounge, bot } = stage;
  const { control } = discord;
  const nothing = words(await show(await emptyStage(), 'Beth').until(answered));
  control.overwrite(lounge, control.person('Beth').id, { deny: ['Connect'] });
  expect(words(await show(stage, 'Beth').until(answered))).toBe(nothing);
  expect(fileOf(await show(stage, 'Adam').until(answered))).toContain('What time');
  // What is said where the bot was moved to is for those who may be there.
  const secret = control.channel('Secret');
  control.overwrite(secret, control.person('Beth').id, { deny: ['ViewChannel'] });
  control.overwrite(lounge, control.person('Beth').id, {});
  bot.rooms.latest().move(secret.id);
  stage.says(bot, 'Adam', 2, 'Between us');
  await expect.poll(async () => fileOf(await show(stage, 'Adam').until(answered))).toContain('Between us');
  const read = fileOf(await show(stage, 'Beth').until(answered));
  expect(read).toContain('What time');
  expect(read).not.toContain('Between us');
});

async function emptyStage(): Promise<TranscriptStage> {
  const stage = await transcriptStage();
  await stage.start();
  return stage;
}

test('of a channel that is gone only administrators get it', async () => {
  const stage = await spoken();
  const { control } = stage.discord;
  await stage.bot.rooms.latest().close({ kind: 'left' });
  control.deleteChannel(stage.lounge);
  expect(fileOf(await show(stage, 'Mona').until(answered))).toBe('');
  expect(fileOf(await show(stage, 'Olive').until(answered))).toContain('What time');
});

test('switched off it can still be shown; after seven days it is gone, at the start and in between', async () => {
  let now = NOON;
  const env = { DATABASE_URL: `sqlite:${join(directory(), 'parley.db')}` };
  const stage = await spoken({ env, now: () => now });
  await stage.transcript('off');
  expect(fileOf(await show(stage, 'Adam').until(answered)).split('\n')).toEqual(LINES);
  now = NOON + 6 * DAY_MS;
  await stage.transcript('on');
  stage.says(stage.bot, 'Adam', 2, 'Later');
  await expect.poll(async () => fileOf(await show(stage, 'Adam').until(answered))).toContain('Later');
  now = NOON + 7 * DAY_MS + 1;
  stage.skip(3_600_000);
  await expect.poll(async () => fileOf(await show(stage, 'Adam').until(answered))).not.toContain('What time');
  expect(fileOf(await show(stage, 'Adam').until(answered))).toContain('Later');
  await stage.bot.parley.close();
  now = NOON + 13 * DAY_MS + 1;
  await stage.start({ env, now: () => now, join: false });
  expect(words(await show(stage, 'Adam').until(answered))).toContain('There is no transcript');
});

test('a summary comes with the file when it is wished for: in the member’s language, harmless, and counted as use', async () => {
  const stage = await spoken();
  const { rooms } = stage.bot;
  const usage = { promptTokens: 90, responseTokens: 10, thoughtsTokens: 0, totalTokens: 100, prompt: {}, response: {} };
  const gate = Promise.withResolvers<void>();
  rooms.answerErrands(async () => {
    await gate.promise;
    return { text: 'Adam asked for the **time** @everyone.', usage: [usage] };
  });
  const watch = stage.discord.control
    .person('Adam')
    .command('transcript', { subcommand: 'show', options: { summary: true }, locale: 'fr' });
  const first = await watch.until(answered);
  expect(words(first)).toContain('Un résumé arrive');
  expect(fileOf(first)).toContain('What time');
  const busy = show(stage, 'Beth', { summary: true });
  expect(words(await busy.until((it) => words(it).includes('There is no summary')))).toContain('somebody else');
  gate.resolve();
  const last = await watch.until((it) => words(it).includes('Adam asked'));
  expect(words(last)).toContain('>>> Adam asked for the \\*\\*time\\*\\* \\@everyone');
  expect(fileOf(last)).toContain('What time');
  expect(last.messages).toHaveLength(1);
  expect(rooms.errands).toHaveLength(1);
  expect(rooms.errands[0]).toMatchObject({ language: 'fr', instruction: expect.stringContaining('RESPOND IN FRENCH') });
  expect(rooms.errands[0]?.text).toBe('The transcript:\n\nAdam: What time is it?\nParley: It is');
  const used = await stage.discord.control.person('Adam').command('usage').until(answered);
  expect(words(used)).toContain('text 90');
  expect(stage.discord.violations).toEqual([]);
});

test('a summary that cannot be made leaves the file, with the reason in words', async () => {
  const stage = await spoken();
  stage.bot.rooms.answerErrands(() => Promise.reject(new ParleyError('LIVE_QUOTA')));
  const failed = show(stage, 'Adam', { summary: true });
  const reply = await failed.until((it) => words(it).includes('There is no summary:'));
  expect(words(reply)).toContain('quota');
  expect(fileOf(reply)).toContain('What time');
  stage.bot.rooms.answerErrands(async () => ({ text: 'Well.', usage: [] }));
  await show(stage, 'Adam', { summary: true }).until((it) => words(it).includes('>>> Well'));
});

test('of a long conversation the end is summed up, and that is said', async () => {
  const stage = await spoken();
  for (let turn = 2; turn < 80; turn++) stage.says(stage.bot, 'Adam', turn, `Turn ${turn} ${'and so on '.repeat(100)}`);
  const reply = show(stage, 'Adam', { summary: true });
  expect(words(await reply.until((it) => words(it).includes('>>>')))).toContain('A summary of the end');
  const [errand] = stage.bot.rooms.errands;
  expect(errand?.text.length).toBeLessThan(61_000);
  expect(errand?.text).toContain('Turn 79');
  expect(errand?.text).not.toContain('Turn 5 ');
});

test('a server whose tokens are used up gets no summary', async () => {
  const stage = await spoken({ env: { MAX_TOKENS_PER_DAY: '50' } });
  const { rooms } = stage.bot;
  const usage = { promptTokens: 60, responseTokens: 0, thoughtsTokens: 0, totalTokens: 60, prompt: {}, response: {} };
  rooms.answerErrands(async () => ({ text: 'Well.', usage: [usage] }));
  await show(stage, 'Adam', { summary: true }).until((it) => words(it).includes('>>> Well'));
  const second = show(stage, 'Adam', { summary: true });
  expect(words(await second.until((it) => words(it).includes('There is no summary')))).toContain('token');
  expect(rooms.errands).toHaveLength(1);
});
