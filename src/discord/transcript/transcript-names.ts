/**
 * Who said a turn of a transcript, and what they are called there.
 */
import type { Guild } from 'discord.js';
import type { StoredTurn } from '../../store/store.ts';
import type { OptOuts } from '../opt-outs.ts';
import type { TranscriptEvent } from './room-transcript.ts';

export interface SpeakerNames {
  readonly optOuts: Pick<OptOuts, 'has'>;
  /** What somebody is called whom nobody knows any more. */
  readonly somebody: string;
}

/** Nobody who does not want to be heard is among them; without anybody the turn is to be left out. */
export function speakersOf(
  guild: Guild,
  { role, speakerIds }: Pick<TranscriptEvent, 'role' | 'speakerIds'>,
  { optOuts, somebody }: SpeakerNames,
): StoredTurn['speakers'] {
  const self = { id: guild.client.user.id, name: guild.members.me?.displayName ?? guild.client.user.displayName };
  if (role === 'model') return [self];
  if (speakerIds.length === 0) return [{ id: '', name: somebody }];
  return speakerIds
    .filter((id) => !optOuts.has(id))
    .map((id) => {
      const member = guild.members.cache.get(id);
      const user = member?.user ?? guild.client.users.cache.get(id);
      const shown = member?.displayName ?? user?.displayName ?? somebody;
      return { id, name: user === undefined ? shown : transcriptName(shown, user.username, self.name) };
    });
}

/** A member who calls themselves as the bot is called could put words into its mouth: the name that is theirs alone is added. */
export function transcriptName(shown: string, unique: string, selfName: string): string {
  return bare(shown) === bare(selfName) ? `${shown} (@${unique})` : shown;
}

/** What the eye takes for the same: letters and digits, whatever their case, width and decoration. */
function bare(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
