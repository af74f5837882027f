import { expect, test } from 'vitest';
import { createLiveHarness, handleMessage, type LiveHarness } from './harness.ts';

/** 20 ms whose samples tell which second it is from. */
const frame = (value: number) => new Int16Array(320).fill(value);

function automatic(model = 'gemini-3.8-live') {
  const live = createLiveHarness({ model, detection: 'automatic' });
  const stream = (ms: number, value = 1): void => {
    for (let at = 0; at < ms; at += 20) live.session.sendAudio(frame(value));
  };
  return {
    ...live,
    stream,
    opens: (...actorIds: string[]) => live.session.startWindow({ speakers: ['Anna'], notes: ['Hm.'], actorIds }),
    /** A question of so many ms, and the second of silence after it. */
    asks(ms: number, value = 1): void {
      live.session.startWindow({ speakers: [], notes: [], actorIds: ['anna'] });
      stream(100, value);
      live.session.spoke();
      stream(ms - 100, value);
      stream(1_000, 0);
      live.session.endWindow();
    },
  };
}

/** The values of the frames that were sent on the newest connection, each once. */
function sentValues(live: Pick<LiveHarness, 'latest'>): number[] {
  const values = live.latest().sent.flatMap((message) => {
    const { audio } = (message['realtimeInput'] ?? {}) as { audio?: { data: string } };
    return audio ? [Buffer.from(audio.data, 'base64').readInt16LE(0)] : [];
  });
  return values.filter((value, at) => value !== values[at - 1]);
}

const sentMs = (live: Pick<LiveHarness, 'latest'>): number =>
  live.latest().sent.reduce((sum, message) => {
    const { audio } = (message['realtimeInput'] ?? {}) as { audio?: { data: string } };
    return sum + (audio ? Buffer.from(audio.data, 'base64').length / 32 : 0);
  }, 0);

test('all sound goes out as it comes and ends with the stream: no window, no name, no note', () => {
  const live = automatic();
  live.start();
  live.opens('anna');
  live.stream(200);
  live.session.addSpeaker('Ben', 'ben');
  live.session.spoke();
  live.stream(200);
  expect(live.latest().rest()).toEqual(['audio']);
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['audioStreamEnd']);
  live.opens('anna');
  live.stream(100);
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['audio', 'audioStreamEnd']);
  expect(live.latest().sent[0]).toMatchObject({
    setup: { realtimeInputConfig: { automaticActivityDetection: { silenceDurationMs: 600 } } },
  });
});

test('typed text goes out at once, as the model takes it', () => {
  const today = automatic();
  today.start();
  today.opens('anna');
  today.stream(100);
  today.session.sendText('hello');
  expect(today.latest().rest()).toEqual(['audio', 'clientContent']);
  const before = automatic('gemini-3.1-flash-live-preview');
  before.start();
  before.session.sendText('hello');
  before.latest().expect('text');
  expect(before.latest().rest()).toEqual([]);
});

test('a question without an answer is sent again after a drop, from its onset, and goes on', () => {
  const live = automatic();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.opens('anna');
  live.stream(3_000, 5);
  live.session.spoke();
  live.stream(500, 6);
  live.latest().ends();
  live.stream(200, 7);
  live.latest().becomesReady();
  expect(sentValues(live)).toEqual([5, 6, 7]);
  // A second before it was believed, and not the noise of before.
  expect(sentMs(live)).toBe(1_000 + 500 + 200);
  live.session.endWindow();
  expect(live.latest().rest()).toEqual(['audio', 'audioStreamEnd']);
});

test('what was answered is not sent again, and what was said meanwhile is', () => {
  const live = automatic();
  live.start();
  live.asks(800, 1);
  live.answers();
  live.opens('anna');
  live.stream(300, 2);
  live.session.spoke();
  live.stream(300, 2);
  live.latest().ends();
  live.latest().becomesReady();
  expect(sentValues(live)).toEqual([2]);
});

test('who begins to speak just as the answer to another begins is not lost with a drop', () => {
  const live = automatic();
  live.start();
  live.opens('anna');
  live.stream(100, 1);
  live.session.spoke();
  live.stream(2_000, 1);
  live.stream(1_500, 0);
  live.session.spoke();
  live.stream(300, 2);
  live.answers();
  live.latest().ends();
  live.latest().becomesReady();
  expect(sentValues(live)).toEqual([0, 2]);
});

test('noise is not sent again, and nobody waits for an answer to it', () => {
  const live = automatic();
  live.start();
  live.opens('anna');
  live.stream(5_000);
  live.session.endWindow();
  live.clock.advance(60_000);
  expect(live.connections).toHaveLength(1);
  expect(live.session.answerDue).toBe(false);
  live.latest().ends();
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
});

test('without a connection a second of noise is kept, and a minute of speech', () => {
  const live = automatic();
  live.session.open();
  live.opens('anna');
  live.stream(120_000, 1);
  live.session.spoke();
  live.stream(10_000, 2);
  live.latest().becomesReady();
  expect(sentValues(live)).toEqual([1, 2]);
  expect(sentMs(live)).toBe(1_000 + 20 + 10_000);
  const talker = automatic();
  talker.session.open();
  talker.opens('anna');
  talker.session.spoke();
  talker.stream(120_000, 3);
  talker.latest().becomesReady();
  expect(sentMs(talker)).toBe(60_000 + 20);
});

test('speech that the service says nothing to is sent to it once more, and then taken for none, without an alarm', () => {
  const live = automatic();
  live.start();
  live.asks(2_000);
  live.clock.advance(7_999);
  expect(live.connections).toHaveLength(1);
  live.clock.advance(501);
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual(['audio', 'audioStreamEnd']);
  live.clock.advance(8_500);
  expect(live.connections).toHaveLength(2);
  expect(live.session.answerDue).toBe(false);
  expect(live.problems).toEqual([]);
  expect(live.counts.get('live_silence_forget_total')).toBe(1);
});

test('a short word that the service takes for a cough costs no connection', () => {
  const live = automatic();
  live.start();
  live.asks(300);
  expect(live.session.answerDue).toBe(true);
  live.clock.advance(8_500);
  expect(live.connections).toHaveLength(1);
  expect(live.session.answerDue).toBe(false);
});

test('a sign that the service has heard it is waited for, and while somebody goes on speaking nothing is', () => {
  const live = automatic();
  live.start();
  live.asks(2_000);
  live.clock.advance(7_000);
  live.latest().says({ serverContent: { inputTranscription: { text: 'how tall' } } });
  live.clock.advance(7_000);
  live.opens('anna');
  live.session.spoke();
  live.stream(1_000);
  live.clock.advance(30_000);
  expect(live.connections).toHaveLength(1);
});

test('a question that cost three connections is given up and told', () => {
  const live = automatic();
  live.start();
  live.asks(2_000);
  for (let drops = 0; drops < 3; drops++) {
    live.latest().ends();
    // The first time at once, then after a while.
    for (let ms = 0; ms < 60_000 && live.latest().over; ms += 500) live.clock.advance(500);
    live.latest().becomesReady();
  }
  expect(live.problems.map(({ code }) => code)).toEqual(['LIVE_CONNECT_TIMEOUT']);
  expect(live.latest().rest()).toEqual([]);
});

test('a connection is replaced in the middle of noise, not of speech', () => {
  const live = automatic();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.opens('anna');
  live.stream(2_000);
  live.session.spoke();
  live.latest().says({ goAway: { timeLeft: '50s' } });
  live.stream(2_000);
  live.clock.advance(10_000);
  expect(live.latest().end).toBe('open');
  live.answers();
  live.finishes('h2');
  expect(live.latest().end).toBe('closed');
  live.stream(500, 3);
  live.latest().ends({ code: 1000 });
  expect(live.latest().becomesReady()['sessionResumption']).toEqual({ handle: 'h2' });
  expect(sentValues(live).at(-1)).toBe(3);
});

test('what a resumed session has missed stands in its setup: text beside the stream would be answered', () => {
  const live = automatic();
  live.start();
  live.latest().says(handleMessage('h1'));
  live.asks(1_000);
  live.latest().says({ serverContent: { inputTranscription: { text: 'how tall is it' } } });
  live.answers('It is eight thousand');
  live.latest().ends();
  const setup = live.latest().becomesReady();
  expect(JSON.stringify(setup['systemInstruction'])).toContain('how tall is it');
  expect(live.latest().rest()).toEqual([]);
  live.opens('anna');
  live.stream(100);
  expect(live.latest().rest()).toEqual(['audio']);
});

test('a reset forgets the stream with everything else', () => {
  const live = automatic();
  live.start();
  live.asks(1_000);
  live.session.reset();
  live.latest().ends({ code: 1000 });
  live.latest().becomesReady();
  expect(live.latest().rest()).toEqual([]);
  expect(live.session.answerDue).toBe(false);
});

test('sound outside a stream is dropped and counted', () => {
  const live = automatic();
  live.start();
  live.stream(20);
  live.session.endWindow();
  expect(live.latest().rest()).toEqual([]);
  expect(live.counts.get('live_audio_outside_window_total')).toBe(1);
  expect(live.counts.get('live_end_without_window_total')).toBe(1);
});
