/**
 * Posts of tools in the room's channel: the voice channel's own chat if the bot may write there, else where `/join` was run, as all
 * that a room posts (DESIGN.md §4).
 */
import type { GuildTextBasedChannel, MessageCreateOptions } from 'discord.js';
import { translator } from '../../i18n/translate.ts';
import { ToolFailure } from '../../tools/define-tool.ts';
import type { NewPoll, Posting } from '../../tools/guild-actions.ts';
import type { Log } from '../../types/log.ts';
import { missing, type PermissionName } from '../permissions.ts';
import { onOneLine } from '../quote.ts';

/** Where the bot may write, the first of them; null when nowhere. */
export function writablePlace(places: readonly GuildTextBasedChannel[]): GuildTextBasedChannel | null {
  return places.find((place) => lacking(place, []).length === 0) ?? null;
}

/**
 * @param places in the order of preference
 * @param needed beyond writing
 * @throws ToolFailure when there is no place, or Discord refuses
 */
export async function postIn(
  places: readonly GuildTextBasedChannel[],
  message: MessageCreateOptions,
  needed: readonly PermissionName[],
  log: Log,
): Promise<Posting> {
  const [first] = places;
  if (first === undefined) throw new ToolFailure('The conversation is over: there is no channel to post in.');
  const place = places.find((one) => lacking(one, needed).length === 0);
  if (place === undefined) return { posted: false, channel: nameOf(first), missing: words(lacking(first, needed)) };
  try {
    await place.send({ ...message, allowedMentions: { parse: [] } });
  } catch (error) {
    // Only in the log: an error of discord.js is none of a tool's business.
    log.warn({ err: error, channelId: place.id }, 'what a tool had to post was refused');
    throw new ToolFailure('Discord did not take it. It may be something that this server does not allow.');
  }
  return { posted: true, channel: nameOf(place) };
}

export function pollMessage({ question, answers, hours, severalAnswers }: NewPoll): MessageCreateOptions {
  return {
    poll: {
      question: { text: question },
      answers: answers.map((text) => ({ text })),
      duration: hours,
      allowMultiselect: severalAnswers,
    },
  };
}

function lacking(place: GuildTextBasedChannel, more: readonly PermissionName[]): readonly PermissionName[] {
  const { me } = place.guild.members;
  if (me === null) return ['ViewChannel'];
  const toWrite: PermissionName = place.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  // The chat of a voice channel takes Connect too (discord-api-docs #5111).
  const toGetThere: readonly PermissionName[] = place.isVoiceBased() ? ['ViewChannel', 'Connect'] : ['ViewChannel'];
  return missing(place, me, [...toGetThere, toWrite, ...more]);
}

/** As Discord's settings call them in English: the model puts them in the words of whoever it talks with. */
function words(names: readonly PermissionName[]): readonly string[] {
  const t = translator('en');
  return names.map((name) => t(`permission.${name}`));
}

const nameOf = ({ name }: GuildTextBasedChannel): string => onOneLine(name);
