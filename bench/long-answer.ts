/**
 * An answer of three minutes that arrives in half a minute is heard to its last word: every packet in its place, no gap, and the last
 * sentence whole for whoever knows it.
 */
import type { HeardPacket } from '../src/rehearsal/discord/voice/heard-track.ts';
import { isVoice } from '../src/rehearsal/ears.ts';
import { LIVE_RATE } from '../src/rehearsal/live/answer-audio.ts';
import { resample } from '../src/rehearsal/speech/resample.ts';
import type { SpeechThread } from '../src/rehearsal/speech/speech-thread.ts';
import { knownUtterance } from '../src/rehearsal/speech/utterances.ts';
import type { Benchmark, Row } from './kit/benchmark.ts';
import { prepareLines } from './kit/lines.ts';
import { ms } from './kit/statistics.ts';
import { openVenue, type Venue } from './kit/venue.ts';

const ANSWER_MS = 180_000;
/** Three minutes in thirty seconds. */
const SPEED = 6;
/** Read over and over; the sentences of a tale, each with its number, so that nothing is the same twice. */
const TALE = 'the boat went on along the coast, past the lighthouse and the harbour, and nobody on board said a word.';
const LAST_SENTENCE = knownUtterance('thanks');
/** More than the last sentence, less than the one before it as well. */
const TAIL_MS = 4_500;
const ANSWERED_MS = ANSWER_MS + 60_000;
/** The last packet is padded, and a chunk is known to the millisecond. */
const TOLERANCE_MS = 20;

const HEARD_RATE = 48_000;
const RECOGNISER_RATE = 16_000;
const PACKET_MS = 20;
const PACKET_SAMPLES = 960;

export const longAnswer: Benchmark = {
  name: 'long-answer',
  about: 'an answer of 3 minutes that arrives in 30 s is heard to its last word',
  takesSeconds: 210,
  slow: true,
  async run() {
    let answer: Int16Array = new Int16Array();
    await using venue = await openVenue({
      respond: () => ({ kind: 'play', pcm: answer, words: 'A tale.' }),
      live: { speed: SPEED },
    });
    answer = await tellTale(venue.stage.speech);
    const heard = await listen(venue);
    return { rows: [await tellHeard(venue, heard)], problems: venue.problems() };
  },
};

/** 24 kHz mono. */
async function tellTale(speech: SpeechThread): Promise<Int16Array> {
  const last = await speech.load(LAST_SENTENCE, LIVE_RATE);
  const parts: Int16Array[] = [];
  let length = last.length;
  for (let part = 1; (length * 1000) / LIVE_RATE < ANSWER_MS; part++) {
    const pcm = await speech.speak(`Part ${part}: ${TALE}`, 'rms', LIVE_RATE);
    parts.push(pcm);
    length += pcm.length;
  }
  const tale = new Int16Array(length);
  let at = 0;
  for (const pcm of [...parts, last]) {
    tale.set(pcm, at);
    at += pcm.length;
  }
  return tale;
}

async function listen({ stage: { speech }, room }: Venue): Promise<readonly HeardPacket[]> {
  const [question = new Int16Array()] = await prepareLines(speech, ['goforward']);
  const mark = room.ears.mark();
  await room.adam.speak(question);
  if (!(await room.ears.silent(mark, ANSWERED_MS))) throw new Error('the answer did not come to an end');
  return room.ears.since(mark).packets.filter(isVoice);
}

async function tellHeard({ stage: { wire, speech }, lateness }: Venue, heard: readonly HeardPacket[]): Promise<Row> {
  const answer = wire.exchanges.at(-1)?.answer;
  if (!answer || answer.firstChunkAt === null || answer.lastChunkAt === null) throw new Error('there was no answer');
  const arrivedMs = answer.lastChunkAt - answer.firstChunkAt;
  const heardMs = heard.length * PACKET_MS;
  const { breaks, largestGap } = continuityOf(heard);
  const verdict = await lastSentence(speech, heard);
  const complete = Math.abs(heardMs - answer.audioMs) <= TOLERANCE_MS;
  return {
    what: 'an answer of 3 minutes that arrives in 30 s is heard to its last word',
    measured: `${ms(heardMs / 1000)} of ${ms(answer.audioMs / 1000)} s heard, last sentence ${verdict}`,
    budget: 'all of it',
    met: complete && breaks === 0 && verdict === 'whole',
    note: `arrived within ${ms(arrivedMs / 1000)} s; ${breaks} breaks in sequence or timestamp, largest gap ${ms(largestGap)} ms; ${lateness()}`,
    figures: { heardMs, sentMs: answer.audioMs, arrivedMs, breaks, largestGap },
  };
}

function continuityOf(packets: readonly HeardPacket[]): { readonly breaks: number; readonly largestGap: number } {
  let [breaks, largestGap] = [0, 0];
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    if (before === undefined) continue;
    const inOrder = packet.sequence === ((before.sequence + 1) & 0xffff);
    const inTime = packet.timestamp === (before.timestamp + PACKET_SAMPLES) % 2 ** 32;
    if (!inOrder || !inTime) breaks++;
    largestGap = Math.max(largestGap, packet.at - before.at);
  }
  return { breaks, largestGap };
}

/** How the last sentence came through, in the recogniser's word. */
async function lastSentence(speech: SpeechThread, heard: readonly HeardPacket[]): Promise<string> {
  const tail = heard.slice(-TAIL_MS / PACKET_MS);
  const pcm = new Int16Array(tail.length * PACKET_SAMPLES);
  for (const [index, packet] of tail.entries()) if (packet.pcm !== null) pcm.set(packet.pcm, index * PACKET_SAMPLES);
  const { best, others } = await speech.recognise(resample(pcm, HEARD_RATE, RECOGNISER_RATE));
  const found = [best, ...others].find((utterance) => utterance?.id === LAST_SENTENCE.id);
  return found?.verdict ?? 'not recognised';
}
