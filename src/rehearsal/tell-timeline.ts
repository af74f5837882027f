/**
 * Tells the timeline while a conversation goes on, from what passes on the wires.
 */
import type { Cast } from './cast.ts';
import { wordsOf } from './discord/message-words.ts';
import type { VoiceServerEvent } from './discord/voice/voice-event.ts';
import type { Stage } from './stage.ts';
import type { Timeline } from './timeline.ts';
import type { LiveWireEvent } from './wire/live-wire-event.ts';

const BOT = 'Parley';
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

/** Returns what ends the telling. @param liveName what the Live side is called, so that nobody takes a stand-in for Gemini */
export function tellTimeline(stage: Stage, cast: Cast, timeline: Timeline, liveName: string): () => void {
  /** As Discord's client shows it: the first line, with channels by their names. */
  const readable = (content: string): string =>
    (content.split('\n')[0] ?? '').replace(
      /<#(\d+)>/g,
      (_, id: string) => `#${stage.discord.world.channel(id)?.channel.name ?? id}`,
    );
  const stops = [
    stage.wire.on(wireTeller(stage, timeline, liveName)),
    stage.onVoice(voiceTeller(cast, timeline)),
    stage.discord.on((event) => {
      if (event.type === 'messagePosted' || event.type === 'messageEdited') {
        const { author, privateTo } = event.message;
        const to = privateTo === null ? '' : ` (to ${cast.nameOf(privateTo)} alone)`;
        timeline.note(author.name, `writes${to}: ${readable(wordsOf(event.message))}`, event.at);
      }
      if (event.type === 'interactionCreated')
        timeline.note(cast.nameOf(event.userId), `runs /${event.name}`, event.at);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function wireTeller({ wire }: Stage, timeline: Timeline, liveName: string): (event: LiveWireEvent) => void {
  let windowAt = 0;
  let inWindowMs = 0;
  let answerMs = 0;
  return (event) => {
    const { at } = event;
    switch (event.type) {
      case 'setupComplete':
        return timeline.note(liveName, `is ready: ${wire.model}`, at);
      case 'activityStart':
        windowAt = at;
        inWindowMs = 0;
        return timeline.note(BOT, 'opens a window of activity', at);
      case 'audioIn':
        inWindowMs += (event.pcm.length / event.rate) * 1_000;
        return;
      case 'activityEnd':
        return timeline.note(
          BOT,
          `closes the window after ${seconds(at - windowAt)}, with ${seconds(inWindowMs)} of audio`,
          at,
        );
      case 'audioOut':
        if (answerMs === 0) timeline.note(liveName, 'sends the first chunk of its answer', at);
        answerMs += event.ms;
        return;
      case 'interrupted':
        return timeline.note(liveName, `says: interrupted, after ${seconds(answerMs)} of answer were sent`, at);
      case 'turnComplete': {
        const done = wire.exchanges.findLast(({ answer }) => answer.complete);
        answerMs = 0;
        if (!done) return;
        timeline.note(liveName, `heard:    ${done.input.trim()}`, at);
        return timeline.note(
          liveName,
          `answered: ${done.answer.words.trim()}${done.answer.interrupted ? ' …' : ''}`,
          at,
        );
      }
      case 'closed':
        return timeline.note(
          liveName,
          `connection closed by the ${event.by} (${event.code}${event.reason ? ` ${event.reason}` : ''})`,
          at,
        );
      default:
        return;
    }
  };
}

function voiceTeller(cast: Cast, timeline: Timeline): (event: VoiceServerEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'memberSpeaking':
        return timeline.note(cast.nameOf(event.userId), event.speaking ? 'speaks' : 'is silent', event.at);
      case 'sessionDescription':
        return timeline.note(BOT, 'is in the call', event.at);
      case 'transitionExecuted':
        return timeline.note(
          'Discord',
          `the call has new keys (epoch ${event.epoch}, ${event.userIds.length} in it)`,
          event.at,
        );
      case 'runStarted':
        return timeline.note(BOT, 'is heard', event.at);
      case 'runEnded':
        return timeline.note(
          BOT,
          `falls silent, after ${seconds(event.lastVoicedAt - event.startedAt)}`,
          event.lastVoicedAt,
        );
      default:
        return;
    }
  };
}
