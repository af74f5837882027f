import { expect, test } from 'vitest';
import { HALF_CASCADE } from '../../../src/rehearsal/live/models.ts';
import { jpegOf } from '../../kit/jpeg.ts';
import { toolDeclaration } from '../../kit/tool-declaration.ts';
import { answerSound } from './harness.ts';
import { openingOf, startTextRoom, typed } from './typed-stage.ts';

test('what is typed in a text channel is answered in writing, and no sound is told', async () => {
  const { live, ask, last, told } = await startTextRoom();
  ask(typed('t1', 'how tall is it?'));
  expect(await last('t1')).toEqual({ status: 'done', text: 'quite so' });
  expect(told('state').map(({ state }) => state.status)).toEqual(['ready']);
  expect(told('transcript')).toMatchObject([
    { role: 'user', text: 'how tall is it?', final: true, speakerIds: ['ada'] },
    { role: 'model', text: 'quite so', final: true },
  ]);
  expect(told('typedSound')).toEqual([]);
  expect(told('usage')).toHaveLength(1);
  expect(live.violations).toEqual([]);
});

test('several are answered one after the other, in their order', async () => {
  const { ask, last, told } = await startTextRoom({
    respond: ({ texts }) => ({ kind: 'play', pcm: answerSound(60), words: `to ${texts.join()}` }),
  });
  for (const turnId of ['t1', 't2', 't3']) ask(typed(turnId, turnId));
  expect(await last('t3')).toEqual({ status: 'done', text: 'to t3' });
  const ends = told('typedAnswer').filter(({ answer }) => answer.status !== 'growing');
  expect(ends.map(({ turnId, answer }) => ({ turnId, ...answer }))).toEqual(
    ['t1', 't2', 't3'].map((turnId) => ({ turnId, status: 'done', text: `to ${turnId}` })),
  );
});

test('where the model can, it is asked for text, and it answers in text', async () => {
  const { live, ask, last } = await startTextRoom({
    model: HALF_CASCADE.id,
    models: [HALF_CASCADE],
    speech: {
      speak: async () => answerSound(60),
      recognise: () => Promise.reject(new Error('nobody speaks')),
    },
    respond: () => ({ kind: 'say', text: 'Quite so. Indeed.' }),
  });
  ask(typed('t1', 'how tall is it?'));
  expect(await last('t1')).toMatchObject({ status: 'done', text: expect.stringMatching(/^Quite so\. ?Indeed\.$/) });
  expect(live.setups).toMatchObject([{ generationConfig: { responseModalities: ['TEXT'] } }]);
  expect(live.violations).toEqual([]);
});

test('what was written before and images are of one turn; an image that was shown goes with the next', async () => {
  const { live, ask, last, order } = await startTextRoom();
  const contents: unknown[] = [];
  live.on((event) => {
    if (event.type === 'clientContent') contents.push(event);
  });
  order({ type: 'image', roomId: 'r1', image: { jpeg: jpegOf(2, 2) } });
  const images = [{ jpeg: jpegOf(40, 30) }];
  ask(typed('t1', 'what is this?', { images, context: [{ role: 'user', text: 'Ben: a boat' }] }));
  await last('t1');
  expect(contents).toMatchObject([
    {
      turns: [
        { role: 'user', text: 'Ben: a boat' },
        { role: 'user', text: 'what is this?' },
      ],
      images: [
        { mimeType: 'image/jpeg', width: 2, height: 2 },
        { mimeType: 'image/jpeg', width: 40, height: 30 },
      ],
      turnComplete: true,
    },
  ]);
  expect(live.violations).toEqual([]);
});

test('a model that takes text in windows alone sees several images there, one a second', async () => {
  const { live, ask, last } = await startTextRoom({ model: 'gemini-3.1-flash-live-preview' });
  ask(typed('t1', 'which is older?', { images: [{ jpeg: jpegOf(2, 2) }, { jpeg: jpegOf(3, 3) }] }));
  expect(await last('t1')).toEqual({ status: 'done', text: 'quite so' });
  expect(live.windows).toMatchObject([
    { audioMs: 200, texts: ['which is older?'], images: [{ width: 2 }, { width: 3 }] },
  ]);
  expect(live.violations).toEqual([]);
});

test('a voice message of a minute arrives whole, in one window, and its answer is heard where that is wanted', async () => {
  const { live, ask, last, told } = await startTextRoom();
  const speech = Int16Array.from({ length: 60 * 16_000 }, (_, n) => (n % 400) - 200);
  ask(typed('t1', 'Ada has sent a voice message.', { speech, wantsSound: true }));
  expect(await last('t1')).toEqual({ status: 'done', text: 'quite so' });
  expect(live.windows).toMatchObject([{ audioMs: 60_000, texts: ['Ada has sent a voice message.'] }]);
  expect(live.windows[0]?.pcm).toEqual(speech);
  const sounds = told('typedSound');
  expect(sounds.flatMap(({ pcm }) => [...pcm])).toEqual([...answerSound(60)]);
  expect(sounds.map((sound) => sound.last)).toEqual([...sounds.slice(1).map(() => false), true]);
  expect(live.violations).toEqual([]);
});

test('the next is asked as soon as all of an answer is there, though the service takes it to be spoken for long', async () => {
  const { live, ask, last, told } = await startTextRoom({
    speed: 50,
    respond: ({ texts }) => ({ kind: 'play', pcm: answerSound(60_000), words: `to ${texts.join()}` }),
  });
  ask(typed('t1', 't1'));
  ask(typed('t2', 't2'));
  expect(await last('t2')).toEqual({ status: 'done', text: 'to t2' });
  expect(await last('t1')).toEqual({ status: 'done', text: 'to t1' });
  expect(told('transcript').map(({ text }) => text)).toEqual(['t1', 'to t1', 't2', 'to t2']);
  expect(live.violations).toEqual([]);
});

test('dropped while it is answered it ends there, and the next is asked at once', async () => {
  const { live, ask, last, order, answersTo, told } = await startTextRoom({
    speech: { speak: async () => answerSound(2_000), recognise: () => Promise.reject(new Error('nobody speaks')) },
    respond: ({ texts }) =>
      texts.some((text) => text.endsWith('t1'))
        ? { kind: 'long', seconds: 600 }
        : { kind: 'play', pcm: answerSound(60), words: 'short' },
  });
  ask(typed('t1', 't1'));
  ask(typed('t2', 't2'));
  await expect.poll(() => answersTo('t1').length).toBeGreaterThan(0);
  order({ type: 'dropTyped', roomId: 'r1', turnId: 't1' });
  const cut = await last('t1');
  expect(cut).toMatchObject({ status: 'cut', text: expect.stringContaining('Part one') });
  expect(await last('t2')).toEqual({ status: 'done', text: 'short' });
  expect(told('transcript').map(({ role, text }) => `${role} ${text}`)).toEqual([
    'user t1',
    `model ${cut && 'text' in cut ? cut.text : ''}`,
    'user t2',
    'model short',
  ]);
  expect(live.violations).toEqual([]);
});

test('a question whose connection is lost before its answer is asked again, and answered once', async () => {
  const { live, ask, last, answersTo, told } = await startTextRoom();
  await expect.poll(() => told('session').length).toBe(1);
  live.control.delayNext(60_000);
  const arrived = new Promise<void>((resolve) => {
    live.on(({ type }) => {
      if (type === 'clientContent') resolve();
    });
  });
  ask(typed('t1', 'how tall is it?'));
  await arrived;
  live.control.terminate();
  expect(await last('t1')).toEqual({ status: 'done', text: 'quite so' });
  expect(answersTo('t1').filter(({ status }) => status !== 'growing')).toHaveLength(1);
  expect(told('transcript').filter(({ role }) => role === 'user')).toHaveLength(1);
});

test('a function that is called for it acts for its authors, and the answer is what the model says of the result', async () => {
  const { live, ask, last, order, told } = await startTextRoom({ opening: { tools: [toolDeclaration('roll')] } });
  const followUp = { kind: 'play', pcm: answerSound(60), words: 'a four' } as const;
  live.control.nextAnswers({ kind: 'call', calls: [{ name: 'roll' }], followUp });
  ask(typed('t1', 'roll', { authorIds: ['ada', 'ben'] }));
  await expect.poll(() => told('toolCall').length).toBe(1);
  const [call] = told('toolCall');
  expect(call?.request.actorIds).toEqual(['ada', 'ben']);
  order({ type: 'toolResult', roomId: 'r1', callId: call?.request.callId ?? '', outcome: { output: 4 } });
  expect(await last('t1')).toEqual({ status: 'done', text: 'a four' });
});

test('a text room that has forgotten knows nothing, and goes on', async () => {
  const { live, ask, last, order, told } = await startTextRoom();
  ask(typed('t1', 'how tall is it?'));
  await last('t1');
  order({ type: 'reset', roomId: 'r1' });
  await expect.poll(() => told('forgotten').length).toBe(1);
  ask(typed('t2', 'and how wide?'));
  expect(await last('t2')).toEqual({ status: 'done', text: 'quite so' });
  expect(JSON.stringify(live.setups)).not.toContain('how tall');
});

test('what waits when it ends was never asked, and another goes on from its handle', async () => {
  const { ask, last, told, order, answersTo, live } = await startTextRoom();
  ask(typed('t1', 'how tall is it?'));
  await last('t1');
  await expect.poll(() => told('handle').at(-1)?.handle ?? null).not.toBeNull();
  live.control.stayDeaf(1);
  ask(typed('t2', 'and how wide?'));
  ask(typed('t3', 'and how old?'));
  order({ type: 'close', roomId: 'r1', reason: { kind: 'left' }, drainMs: 0 });
  await expect.poll(() => told('state').at(-1)?.state.status).toBe('ended');
  expect([answersTo('t2'), answersTo('t3')]).toEqual([[{ status: 'dropped' }], [{ status: 'dropped' }]]);
  const handle = told('handle').findLast((event) => event.handle !== null)?.handle ?? null;
  order({ type: 'openText', ...openingOf(live.url), roomId: 'r2', handle });
  await expect.poll(() => told('session').at(-1)).toMatchObject({ roomId: 'r2', resumed: true });
});

test('an answer being written when the process ends may be finished', async () => {
  const { ask, last, order, told, live } = await startTextRoom({ speed: 20 });
  ask(typed('t1', 'how tall is it?'));
  live.control.delayNext(300);
  await expect.poll(() => told('transcript').length).toBe(1);
  order({ type: 'close', roomId: 'r1', reason: { kind: 'shutdown' }, drainMs: 5_000 });
  expect(await last('t1')).toEqual({ status: 'done', text: 'quite so' });
  await expect.poll(() => told('state').at(-1)?.state.status).toBe('ended');
});
