/**
 * A transcript of a room, bound to its server and to the place where it is written down.
 */
import type { Guild } from 'discord.js';
import type { Translate } from '../../i18n/translate.ts';
import type { Room } from '../../room/rooms.ts';
import { utcDay } from '../../store/limits.ts';
import type { Store, TranscriptTarget } from '../../store/store.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { OptOuts } from '../opt-outs.ts';
import { permissionWords } from '../permissions.ts';
import { createRoomTranscript, type RoomTranscript } from './room-transcript.ts';
import type { StuckReason } from './transcript-failure.ts';
import { speakersOf } from './transcript-names.ts';
import { openPlace, placeName } from './transcript-place.ts';
import { createTranscriptWriter, type OpenedPlace } from './transcript-writer.ts';

export interface StartTranscript {
  readonly guild: Guild;
  readonly room: Room;
  readonly target: TranscriptTarget;
  /** In the server's language. */
  readonly t: Translate;
  /** It is written down there from now on. */
  readonly onPlace: (place: NonNullable<TranscriptTarget['place']>) => void;
  /** Called when nothing can be written any more, and again only after something could be. */
  readonly onStuck: (why: StuckReason) => void;
}

export interface TranscriptServices {
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly store: Pick<Store, 'addTranscriptTurns'>;
  readonly clock: Clock;
  /** The calendar, ms since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** Opens nothing before somebody speaks. */
export function startTranscript(start: StartTranscript, services: TranscriptServices): RoomTranscript {
  const { guild, room, t, onStuck } = start;
  const { optOuts, clock, log } = services;
  const writer = createTranscriptWriter({ open: () => open(start, services.now), onStuck, clock, log });
  return createRoomTranscript({
    ...services,
    room,
    writer,
    speakers: (event) => speakersOf(guild, event, { optOuts, somebody: t('transcript.somebody') }),
    interrupted: t('transcript.interrupted'),
  });
}

async function open({ guild, room, target, t, onPlace }: StartTranscript, now: () => number): Promise<OpenedPlace> {
  const voiceChannel = guild.channels.cache.get(room.channelId);
  const name = placeName(voiceChannel?.name ?? room.channelId, utcDay(now()));
  const { place, isNew } = await openPlace(guild.client, { channelId: target.channelId, name, known: target.place });
  onPlace({ id: place.id, name });
  if (!isNew) return { place, intro: null };
  const intro = t('transcript.intro', {
    channel: `<#${room.channelId}>`,
    member: `<@${target.switchedOnBy}>`,
    permissions: permissionWords(t, ['ManageGuild']),
  });
  return { place, intro };
}
