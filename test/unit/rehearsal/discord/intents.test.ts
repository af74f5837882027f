import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gets, Intent, judgeIntents, readable } from '../../../../src/rehearsal/discord/gateway/intents.ts';

/** By Discord's documentation. */
const ALL = [...Array(17).keys(), 20, 21, 24, 25].map((bit) => 1 << bit);
const PRIVILEGED = [1 << 1, 1 << 8, 1 << 15];
const OPEN = ALL.filter((one) => !PRIVILEGED.includes(one));
const sum = (intents: readonly number[]): number => intents.reduce((all, one) => all | one, 0);

test('every set of intents that exist and are not privileged is fine', () => {
  fc.assert(
    fc.property(fc.subarray(OPEN), (intents) => {
      expect(judgeIntents(sum(intents), false)).toBe('fine');
    }),
  );
});

test('any bit without a meaning makes them invalid, privileged or not', () => {
  const meaningless = Array.from({ length: 31 }, (_, bit) => 1 << bit).filter((bit) => !ALL.includes(bit));
  expect(meaningless.length).toBeGreaterThan(5);
  fc.assert(
    fc.property(fc.subarray(ALL), fc.constantFrom(...meaningless), (intents, bit) => {
      expect(judgeIntents(sum(intents) | bit, true)).toBe('invalid');
    }),
  );
});

test.each([undefined, null, '513', -1, 1.5, Number.NaN])('%s are no intents', (intents) => {
  expect(judgeIntents(intents, true)).toBe('invalid');
});

test('privileged intents are disallowed; message content is as the settings say', () => {
  for (const intent of PRIVILEGED) expect(judgeIntents(intent, false)).toBe('disallowed');
  expect(judgeIntents(Intent.messageContent, true)).toBe('fine');
  expect(judgeIntents(Intent.guildMembers, true)).toBe('disallowed');
});

test.each<[string, number]>([
  ['GUILD_CREATE', Intent.guilds],
  ['CHANNEL_DELETE', Intent.guilds],
  ['THREAD_CREATE', Intent.guilds],
  ['GUILD_MEMBER_ADD', Intent.guildMembers],
  ['VOICE_STATE_UPDATE', Intent.guildVoiceStates],
  ['MESSAGE_CREATE', Intent.guildMessages],
  ['MESSAGE_DELETE', Intent.guildMessages],
])('%s takes its intent', (event, intent) => {
  expect(gets(event, {}, intent, '1')).toBe(true);
  expect(gets(event, {}, ~intent, '1')).toBe(false);
});

test('interactions, voice servers and what concerns the bot’s own membership come to everybody', () => {
  expect(gets('INTERACTION_CREATE', {}, 0, '1')).toBe(true);
  expect(gets('VOICE_SERVER_UPDATE', {}, 0, '1')).toBe(true);
  expect(gets('GUILD_MEMBER_UPDATE', { user: { id: '1' } }, 0, '1')).toBe(true);
  expect(gets('GUILD_MEMBER_UPDATE', { user: { id: '2' } }, 0, '1')).toBe(false);
});

const secret = { content: 'words', attachments: [1], embeds: [2], components: [3], poll: { question: 'x' } };
const blank = { content: '', attachments: [], embeds: [], components: [] };

test('without the intent every field that holds something written is emptied', () => {
  const message = { id: '5', author: { id: '2' }, mentions: [], ...secret };
  const shown = JSON.parse(JSON.stringify(readable(message, false, '1')));
  expect(shown).toEqual({ id: '5', author: { id: '2' }, mentions: [], ...blank });
  expect(message).toMatchObject(secret);
  expect(readable(message, true, '1')).toBe(message);
});

test('what the bot wrote and what mentions it stays; what is quoted is judged by itself', () => {
  const quoted = { author: { id: '2' }, mentions: [], ...secret };
  const mine = { author: { id: '1' }, mentions: [], ...secret, referenced_message: quoted };
  expect(readable(mine, false, '1')).toMatchObject({ ...secret, referenced_message: blank });
  const toMe = {
    author: { id: '2' },
    mentions: [{ id: '1' }],
    ...secret,
    referenced_message: { ...quoted, author: { id: '1' } },
  };
  expect(readable(toMe, false, '1')).toMatchObject({ ...secret, referenced_message: secret });
  const toOthers = { author: { id: '2' }, mentions: [{ id: '3' }], ...secret, referenced_message: null };
  expect(readable(toOthers, false, '1')).toMatchObject(blank);
});
