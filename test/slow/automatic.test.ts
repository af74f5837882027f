import { test } from 'vitest';
import type { VoiceMember } from '../../src/rehearsal/discord/voice/member.ts';
import { SHORT_ANSWER, startWorld } from '../e2e/harness.ts';

const LONG =
  'This is a long answer that goes on for a while, so that somebody can say something while it is being spoken. And it goes on.';
const AUTOMATIC = { TURN_DETECTION: 'automatic' };
/** One of today, and one of before. */
const MODELS = ['gemini-3.8-live', 'gemini-2.5-flash-native-audio-preview-12-2025'] as const;

const voicedSince = (member: VoiceMember, at: number): number =>
  member.heard.voiced.filter((packet) => packet.at > at).length;

for (const model of MODELS) {
  test.concurrent(`${model} decides by itself when somebody has spoken: two questions, and an interruption that silences the bot`, async (context) => {
    const { expect } = context;
    const { live, enter, join, say, window, answer } = await startWorld(context, {
      env: { ...AUTOMATIC, GEMINI_MODEL: model },
      live: { interruptedDelayMs: 500 },
    });
    const [adam, beth] = [enter('Adam'), enter('Beth')];
    await join('Adam');
    live.control.nextAnswers({ kind: 'say', text: LONG }, { kind: 'say', text: SHORT_ANSWER });
    await say(adam, 'goforward');
    const first = await window(0);
    expect(first.recognition?.best).toMatchObject({ id: 'goforward', verdict: 'whole' });
    expect(first.texts).toEqual([]);
    const from = adam.heard.mark();
    await adam.heard.until(({ voiced }) => voiced.filter(({ at }) => at > (first.endedAt ?? 0)).length >= 50, {
      mark: from,
    });
    const barging = adam.heard.mark();
    const { endedAt: speechEndedAt } = await say(beth, 'barge-in');
    const second = await window(1);
    const during = adam.heard.since(barging).voiced;
    expect(during.length).toBeGreaterThan(0);
    expect(during.filter(({ at }) => at > speechEndedAt && at < (second.endedAt ?? 0))).toEqual([]);
    expect((await answer(0)).interrupted).toBe(true);
    expect(second.recognition?.best).toMatchObject({ id: 'barge-in', verdict: 'whole' });
    const { audioMs } = await answer(1);
    await expect.poll(() => voicedSince(adam, second.endedAt ?? 0) * 20).toBeGreaterThanOrEqual(audioMs - 40);
    expect(voicedSince(adam, second.endedAt ?? 0) * 20).toBeLessThanOrEqual(audioMs + 40);
    expect(live.windows).toHaveLength(2);
    expect(live.setups[0]).toMatchObject({
      realtimeInputConfig: { automaticActivityDetection: { silenceDurationMs: 600 } },
    });
  });
}
