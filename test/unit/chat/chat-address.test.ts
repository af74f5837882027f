import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideAddress, type MessageFacts } from '../../../src/chat/chat-address.ts';

/** Something written in a channel that is nobody's in particular. */
const PLAIN: MessageFacts = {
  byMachine: false,
  authorOptedOut: false,
  mentionsBot: false,
  mentionsBotRole: false,
  repliesToBot: false,
  addressesOther: false,
  inVoiceChat: false,
  inChosenChannel: false,
  hasText: true,
  isBlank: false,
  images: 0,
  isVoiceMessage: false,
  otherFiles: 0,
};
const BLANK = { hasText: false, isBlank: true };
const kind = (change: Partial<MessageFacts>): string => decideAddress({ ...PLAIN, ...change }).kind;

test.each([
  ['written in any channel', {}, 'ignored'],
  ['mentions the bot', { mentionsBot: true }, 'question'],
  ['answers the bot and pings it', { mentionsBot: true, repliesToBot: true }, 'question'],
  ['answers the bot without a ping, readable', { repliesToBot: true }, 'question'],
  ['answers the bot without a ping, unreadable', { repliesToBot: true, ...BLANK }, 'ignored'],
  ['mentions the bot’s role, readable', { mentionsBotRole: true }, 'question'],
  ['mentions the bot’s role, unreadable', { mentionsBotRole: true, ...BLANK }, 'unreadable'],
  ['mentions the bot’s role and nothing else', { mentionsBotRole: true, hasText: false }, 'empty'],
  ['in the chat of the voice channel', { inVoiceChat: true }, 'question'],
  ['in the chosen channel', { inChosenChannel: true }, 'question'],
  ['in the chosen channel, unreadable', { inChosenChannel: true, ...BLANK }, 'ignored'],
  ['in the chosen channel, for another', { inChosenChannel: true, addressesOther: true }, 'ignored'],
  ['in the chosen channel, by who opted out', { inChosenChannel: true, authorOptedOut: true }, 'ignored'],
  ['calls the bot, by who opted out', { mentionsBot: true, authorOptedOut: true }, 'question'],
  ['calls the bot, and answers another', { mentionsBot: true, addressesOther: true }, 'question'],
  ['by a bot that calls it', { mentionsBot: true, byMachine: true }, 'ignored'],
  ['a mention and nothing more', { mentionsBot: true, hasText: false }, 'empty'],
  ['a picture with a mention', { mentionsBot: true, hasText: false, images: 1 }, 'question'],
  ['a picture in the chosen channel', { inChosenChannel: true, hasText: false, images: 1 }, 'question'],
  ['a picture in the voice chat', { inVoiceChat: true, hasText: false, images: 1 }, 'shown'],
  [
    'a picture in the voice chat, with a mention',
    { inVoiceChat: true, mentionsBot: true, hasText: false, images: 1 },
    'shown',
  ],
  ['a picture with words in the voice chat', { inVoiceChat: true, images: 1 }, 'question'],
  [
    'a voice message in the chosen channel',
    { inChosenChannel: true, hasText: false, isVoiceMessage: true },
    'question',
  ],
  ['a file with a mention', { mentionsBot: true, hasText: false, otherFiles: 1 }, 'unknownFiles'],
  ['a file with words and a mention', { mentionsBot: true, otherFiles: 1 }, 'question'],
] satisfies readonly [string, Partial<MessageFacts>, string][])('%s: %j is %s', (_, change, wanted) => {
  expect(kind(change)).toBe(wanted);
});

const facts = fc.record<MessageFacts>({
  ...(Object.fromEntries(Object.keys(PLAIN).map((key) => [key, fc.boolean()])) as Record<
    Exclude<keyof MessageFacts, 'images' | 'otherFiles'>,
    fc.Arbitrary<boolean>
  >),
  images: fc.nat(4),
  otherFiles: fc.nat(2),
});

test('nothing by a machine is ever answered, and nothing of who has opted out without being called', () => {
  fc.assert(
    fc.property(facts, (it) => {
      const { kind: decided } = decideAddress(it);
      const called = it.mentionsBot || it.repliesToBot || it.mentionsBotRole;
      if (it.byMachine || (it.authorOptedOut && !called)) expect(decided).toBe('ignored');
      if (!called && !it.inVoiceChat && !it.inChosenChannel) expect(decided).toBe('ignored');
    }),
  );
});
