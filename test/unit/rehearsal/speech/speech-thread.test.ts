import { expect, onTestFinished, test } from 'vitest';
import { createSpeechWorker } from '../../../../src/rehearsal/speech/speech-task.ts';
import { createSpeechThread, type SpeechThread } from '../../../../src/rehearsal/speech/speech-thread.ts';
import { knownUtterance, spokenBy, utterancePcm } from '../../../../src/rehearsal/speech/utterances.ts';
import { SpeechError, speak } from '../../../../src/rehearsal/speech/voices.ts';

const KNOWN = [spokenBy('kal16', 'greeting', 'Good morning everybody.')];

function open(): SpeechThread {
  const thread = createSpeechThread({ known: KNOWN });
  onTestFinished(() => thread.close());
  return thread;
}

test('a thread speaks, loads and recognises as this one would, and tells apart what cannot be said', async () => {
  const thread = open();
  const line = await thread.speak('Good morning everybody.', 'kal16', 16_000);
  expect(line).toEqual(speak('Good morning everybody.', 'kal16'));
  expect(await thread.speak('Good morning everybody.', 'kal16', 16_000)).toEqual(line);
  const goforward = knownUtterance('goforward');
  expect(await thread.load(goforward, 48_000)).toEqual(utterancePcm(goforward, 48_000));
  const heard = await thread.recognise(line);
  expect(heard.best).toMatchObject({ id: 'greeting', verdict: 'whole' });
  expect(heard.loudness.durationMs).toBe(line.length / 16);
  await expect(thread.speak('', 'kal16', 16_000)).rejects.toBeInstanceOf(SpeechError);
  await expect(thread.speak('Hello', 'nobody', 16_000)).rejects.toThrow('There is no voice "nobody"');
  await expect(thread.speak('Hello', 'kal16', -1)).rejects.toThrow('RangeError');
});

test('closing rejects what is not done and what comes later, and ends the thread', async () => {
  const thread = open();
  const waiting = [thread.speak('One.', 'kal16', 16_000), thread.speak('Two.', 'kal16', 16_000)].map((task) =>
    task.catch((error: Error) => error.message),
  );
  await thread.close();
  expect(await Promise.all(waiting)).toEqual(Array(2).fill('the speech thread is closed'));
  await expect(thread.speak('Three.', 'kal16', 16_000)).rejects.toThrow('closed');
  await thread.close();
});

test('a caller that runs away is told so', async () => {
  const thread = open();
  const tasks = Array.from({ length: 101 }, () =>
    thread.speak('One.', 'kal16', 16_000).catch((error: Error) => error.message),
  );
  expect(await tasks[100]).toBe('the speech thread has too much to do');
  await thread.close();
  await Promise.all(tasks);
});

test('a task that fails is answered as one and does not stop the next', () => {
  const work = createSpeechWorker(KNOWN);
  expect(work({ id: 1, task: { kind: 'speak', text: '', voice: 'kal16', rate: 16_000 } })).toMatchObject({
    id: 1,
    ok: false,
    error: { name: 'SpeechError' },
  });
  const source = { kind: 'recording', file: 'none.wav', fromMs: 0, toMs: 100 } as const;
  const lost = { ...knownUtterance('jfk'), source };
  expect(work({ id: 2, task: { kind: 'load', utterance: lost, rate: 16_000 } })).toMatchObject({
    id: 2,
    ok: false,
  });
  expect(work({ id: 3, task: { kind: 'recognise', pcm: new Int16Array(160) } })).toMatchObject({
    id: 3,
    ok: true,
    result: { best: null },
  });
});
