/**
 * What was written before a message, for the model to know what it is about: the ten messages before it, as turns, or, where that is long,
 * one turn that holds the most of each.
 */
import type { GuildTextBasedChannel, Message } from 'discord.js';
import { cutText } from '../../chat/readable-text.ts';
import type { TranscriptTurn } from '../../types/live.ts';
import type { OptOuts } from '../opt-outs.ts';
import { authorName, readMessage } from './readable-message.ts';

const MOST_MESSAGES = 10;
/** What one question is worth; a page of print. */
const MOST_CHARACTERS = 4_000;

/** What was written by one, and who that was. */
export interface Written {
  readonly byBot: boolean;
  readonly name: string;
  readonly text: string;
}

/** @returns nothing where the bot may not look back. @throws what discord.js throws */
export async function writtenBefore(
  channel: GuildTextBasedChannel,
  messageId: string,
  optOuts: Pick<OptOuts, 'has'>,
): Promise<readonly Written[]> {
  const found = await channel.messages.fetch({ before: messageId, limit: MOST_MESSAGES });
  return [...found.values()]
    .filter(({ author }) => !optOuts.has(author.id))
    .toReversed()
    .map((message: Message<true>) => ({
      byBot: message.author.id === channel.client.user.id,
      name: authorName(message),
      text: readMessage(message).text,
    }))
    .filter(({ text }) => text !== '');
}

/** Oldest first, as they come. */
export function contextTurns(written: readonly Written[]): readonly TranscriptTurn[] {
  const length = written.reduce((sum, { text }) => sum + text.length, 0);
  if (length > MOST_CHARACTERS) return [summaryTurn(written)];
  return written.map(({ byBot, name, text }) =>
    byBot ? { role: 'model', text } : { role: 'user', text: `${name}: ${setIn(text)}` },
  );
}

function summaryTurn(written: readonly Written[]): TranscriptTurn {
  const share = Math.floor(MOST_CHARACTERS / written.length);
  const lines = written.map(({ name, text }) => `${name}: ${setIn(cutText(text, share))}`);
  return { role: 'user', text: ['What was written before, shortened:', ...lines].join('\n') };
}

/** So that nobody can put words into another's mouth. */
const setIn = (text: string): string => text.replaceAll('\n', '\n  ');
