import { expect, test } from 'vitest';
import { ParleyError } from '../../../src/errors.ts';
import { answered, type Bot, posted, startBot, startDiscord, words } from './harness.ts';

const NO_SUCH_VOICE = { code: 'LIVE_SETUP_REFUSED', details: { setting: 'voice', reason: 'Requested voice' } } as const;
const IN_A_MINUTE = Date.parse('2027-01-15T12:01:00Z');

test('a model that is in no table, and options that it does not take, are told once, at the start', async () => {
  const discord = await startDiscord();
  const env = { GEMINI_MODEL: 'gemini-9-live', LIVE_OPTIONS: 'live.json', TURN_DETECTION: 'automatic' };
  const options = { thinking: { level: 'low' }, automaticDetection: { startSensitivity: 'low' }, temperature: 1 };
  const { log } = await startBot(discord, { env, readFile: () => JSON.stringify(options) });
  discord.control.person('Adam').joinVoice(discord.control.channel('Lounge'));
  await discord.control.person('Adam').command('join').until(answered);
  expect(log.messages('warn')).toEqual([
    'unknown Live model, treated like gemini-3.8-live',
    'what this model does not take of LIVE_OPTIONS is left out',
  ]);
  expect(log.lines.find(({ fields }) => 'leftOut' in fields)?.fields).toMatchObject({ leftOut: ['thinking'] });
});

async function joined(bot: Bot, discord: Awaited<ReturnType<typeof startDiscord>>) {
  discord.control.person('Adam').joinVoice(discord.control.channel('Lounge'));
  await discord.control.person('Adam').command('join').until(answered);
  return bot.rooms.latest();
}

test('a voice that Gemini does not take: the member, the room and the panel know which one holds', async () => {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  const room = await joined(bot, discord);
  bot.rooms.hang(true);
  const asked = discord.control.person('Adam').command('voice', { options: { name: 'Puck' } });
  await expect.poll(() => room.given.voice).toBe('Puck');
  room.refuseSettings(NO_SUCH_VOICE);
  await asked.until((it) => answered(it) && words(it).includes('I am back to what was set before'));
  await expect.poll(() => room.given.voice).toBe('Kore');
  const channel = () => posted(discord.control.channel('Lounge')).join('\n');
  await expect.poll(channel).toContain('I go on with the settings of before.');
  expect(channel()).toContain('the voice. Choose another with `/voice`.');
  expect(channel()).not.toContain('has changed my voice');
  expect(bot.log.messages('warn')).toContain('settings of a room were refused');
});

test('the bot is not called away from a talk while it could not talk anywhere else', async () => {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  const room = await joined(bot, discord);
  discord.control.person('Adam').leaveVoice();
  discord.control.person('Olive').joinVoice(discord.control.channel('Stage'));
  bot.rooms.refuse(new ParleyError('LIVE_UNREACHABLE', { details: { retryAt: IN_A_MINUTE } }));
  const reply = await discord.control.person('Olive').command('join').until(answered);
  expect(words(reply)).toContain('I cannot reach Gemini just now.');
  expect(room.status.status).toBe('ready');
});

test.each([
  ['LIVE_UNREACHABLE', 'I cannot reach Gemini just now. Try again <t:1800014460:R>.'],
  ['LIVE_QUOTA', 'The quota of my Gemini key is used up. There may be more <t:1800014460:R>'],
] as const)(
  'a service that is known not to take any more (%s) is told at once, with the time to wait',
  async (code, text) => {
    const discord = await startDiscord();
    const bot = await startBot(discord);
    bot.rooms.refuse(new ParleyError(code, { details: { retryAt: IN_A_MINUTE } }));
    discord.control.person('Adam').joinVoice(discord.control.channel('Lounge'));
    const reply = await discord.control.person('Adam').command('join').until(answered);
    expect(words(reply)).toContain(text);
    expect(discord.control.botChannel()).toBeNull();
  },
);
