import type { TestContext } from 'vitest';
import { startKilledBot } from './kills.ts';

/**
 * Kills the bot so often, each time in the middle of an answer, and expects it back in the channel and the conversation.
 *
 * @returns the times, ms, from the start of each new process until it had said that it is back
 */
export async function surviveKills(context: TestContext, kills: number): Promise<readonly number[]> {
  const { expect } = context;
  const it = await startKilledBot(context);
  const { stage, live, events, heard } = it;
  const joins: (string | null)[] = [];
  stage.discord.on((event) => {
    if (event.type === 'voiceStateAsked') joins.push(event.channelId);
  });
  const times: number[] = [];
  await it.exchange('something');
  const [first] = heard;
  for (let kill = 1; kill <= kills; kill++) {
    await it.killInAnswer('goforward');
    expect(it.database()).toMatchObject({ integrity: 'ok', rooms: [{ channel_id: it.cast.channel.id }] });
    times.push(await it.restart());
    expect(it.posted().at(-1)).toContain('I still know what we talked about');
    expect(it.posted().filter((text) => text.includes('I was restarted'))).toHaveLength(kill);
    expect(joins).toEqual(Array(kill).fill(it.cast.channel.id));
    // Resumed, and then nothing: not a word in either direction until somebody speaks.
    const since = events.slice(events.findLastIndex(({ type }) => type === 'connected'));
    expect(since.map(({ type }) => type)).toEqual(['connected', 'setup']);
    expect(since.at(-1)?.session).toBe(first?.session);
    expect(live.setups.at(-1)).toMatchObject({ sessionResumption: { handle: expect.any(String) } });
  }
  await it.exchange('bring');
  const last = heard.at(-1);
  expect(last?.recognition?.best?.id).toBe('bring');
  expect(last?.session).toBe(first?.session);
  // What was said before the kills is known; each question was asked once.
  expect(last?.remembered.map(({ text }) => text).join(' ')).toContain('do something.');
  expect(live.windows).toHaveLength(kills + 2);
  expect(heard.map(({ cause }) => cause)).toEqual(Array(kills + 2).fill('window'));
  expect(live.violations).toEqual([]);
  expect(stage.discord.violations).toEqual([]);
  // Whoever is killed in the middle of a sentence does not end it in good order.
  const { violations } = stage.discord.voice;
  expect(violations.filter(({ rule }) => rule !== 'silence-missing')).toEqual([]);
  expect(violations.length).toBeLessThanOrEqual(kills);
  expect(it.bot.troubles.filter(({ level }) => level === 'error')).toEqual([]);
  expect(await it.bot.stop()).toBe(0);
  expect(it.database()).toEqual({ integrity: 'ok', rooms: [] });
  return times;
}
