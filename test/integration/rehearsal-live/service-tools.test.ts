import { expect, test } from 'vitest';
import type { Answer } from '../../../src/rehearsal/live/answer.ts';
import { HALF_CASCADE, SERVED_MODELS } from '../../../src/rehearsal/live/models.ts';
import { MANUAL, type SdkClient } from './clients.ts';
import { ramp, startStage } from './harness.ts';
import { saySdk } from './speaking.ts';
import { count, story } from './wire.ts';

const search = {
  queries: ['height of <mont blanc>'],
  sources: [{ uri: 'https://a.example/', title: 'a.example' }],
};
const runs = [{ code: 'print(1)', output: '1', takesMs: 2_000 }];
const answer = { kind: 'play', pcm: ramp(200), words: 'it is high' } as const satisfies Answer;
const models = [...SERVED_MODELS, HALF_CASCADE];
const codeAndSearch = { ...MANUAL, tools: [{ googleSearch: {} }, { codeExecution: {} }] };

const contentsOf = ({ received }: SdkClient) => received.flatMap(({ message }) => message.serverContent ?? []);

test.each([0.4, 0.6])('what was looked up comes at the end of the answer, once (%s)', async (irregular) => {
  await using stage = await startStage({ random: () => irregular });
  stage.live.control.nextAnswers({ ...answer, search });
  const client = await stage.sdk({ config: { ...MANUAL, tools: [{ googleSearch: {} }] } });
  saySdk(client);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  const contents = contentsOf(client);
  const grounded = contents.flatMap(({ groundingMetadata }) => groundingMetadata ?? []);
  expect(grounded).toMatchObject([
    {
      webSearchQueries: ['height of <mont blanc>'],
      groundingChunks: [{ web: { uri: 'https://a.example/', title: 'a.example' } }],
      searchEntryPoint: { renderedContent: expect.stringContaining('height of &lt;mont blanc&gt;</a>') },
    },
  ]);
  const at = contents.findIndex(({ groundingMetadata }) => groundingMetadata);
  expect(at).toBeLessThanOrEqual(contents.findIndex(({ generationComplete }) => generationComplete));
  expect(story(client)).toEqual(['audio', 'generationComplete', 'turnComplete']);
});

test('code and what came of it come before the answer, with the time between them that it takes', async () => {
  await using stage = await startStage({ models });
  stage.live.control.nextAnswers({ ...answer, runs, search });
  const client = await stage.sdk({ model: HALF_CASCADE.id, config: codeAndSearch });
  saySdk(client);
  const parts = () => contentsOf(client).flatMap(({ modelTurn }) => modelTurn?.parts ?? []);
  await stage.passUntil(() => parts().length > 0);
  expect(parts()).toEqual([{ executableCode: { language: 'PYTHON', code: 'print(1)' } }]);
  await stage.pass(1_500);
  expect(parts()).toHaveLength(1);
  await stage.passUntil(() => count(client, 'turnComplete') === 1);
  expect(parts()[1]).toEqual({ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } });
  expect(parts()[2]?.inlineData).toBeDefined();
  expect(stage.rules).toEqual([]);
});

test('code that people speak over is not finished', async () => {
  await using stage = await startStage({ models });
  stage.live.control.nextAnswers({ ...answer, runs }, answer);
  const client = await stage.sdk({ model: HALF_CASCADE.id, config: codeAndSearch });
  saySdk(client);
  await stage.pass(500);
  saySdk(client);
  await stage.passUntil(() => count(client, 'generationComplete') === 1);
  await stage.pass(3_000);
  expect(JSON.stringify(contentsOf(client))).not.toContain('codeExecutionResult');
});

test.each([
  ['a search', { ...answer, search }],
  ['code', { ...answer, runs }],
])('%s that the setup does not have is a mistake of the script, which ends the session', async (_what, scripted) => {
  await using stage = await startStage();
  stage.live.control.nextAnswers(scripted);
  const client = await stage.sdk();
  saySdk(client);
  expect(await stage.closeOf(client)).toMatchObject({ code: 1011 });
  expect(stage.events.some(({ type }) => type === 'fault')).toBe(true);
});
