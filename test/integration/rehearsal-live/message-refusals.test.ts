import { expect, test } from 'vitest';
import { setupFor, startStage } from './harness.ts';
import { audio, END, input, START, sound, text } from './speaking.ts';

const MODEL_3_8 = 'gemini-3.8-live';
const INVALID = 'Request contains an invalid argument.';
const AUTOMATIC = 'Explicit activity control is not supported when automatic activity detection is enabled.';
const manual = setupFor(MODEL_3_8);
const automatic = setupFor(MODEL_3_8, { realtimeInputConfig: {} });

test.each<[string, object, object, number, string]>([
  ['a second setup', manual, setupFor(MODEL_3_8), 1007, 'setup must be the first message and only the first'],
  [
    'a change of configuration',
    manual,
    { contextUpdate: {} },
    1007,
    'Invalid JSON payload received. Unknown name "contextUpdate": Cannot find field.',
  ],
  [
    'an unknown field in input',
    manual,
    input({ music: {} }),
    1007,
    'Invalid JSON payload received. Unknown name "music" at \'realtime_input\': Cannot find field.',
  ],
  ['audio before the first window', manual, audio(sound(20)), 1007, INVALID],
  ['explicit activity beside automatic detection', automatic, START, 1007, AUTOMATIC],
  ['the end of an activity beside automatic detection', automatic, END, 1007, AUTOMATIC],
  ['audio of a wrong mime type', manual, input({ audio: { data: 'AAAA', mimeType: 'audio/webm' } }), 1007, INVALID],
  ['audio without a mime type', manual, input({ audio: { data: 'AAAA' } }), 1007, INVALID],
  [
    'audio of an impossible rate',
    manual,
    input({ audio: { data: 'AAAA', mimeType: 'audio/pcm;rate=400' } }),
    1007,
    INVALID,
  ],
  [
    'audio that is no base64',
    manual,
    input({ audio: { data: '%%%', mimeType: 'audio/pcm' } }),
    1007,
    'Invalid value at \'realtime_input.audio.data\' (TYPE_BYTES), Base64 decoding failed for "%%%"',
  ],
  ['an image of a wrong mime type', manual, input({ video: { data: 'AAAA', mimeType: 'image/gif' } }), 1007, INVALID],
  [
    'an image that is not what it says',
    manual,
    input({ video: { data: 'AAAA', mimeType: 'image/jpeg' } }),
    1007,
    INVALID,
  ],
  [
    'an image in content that breaks off',
    manual,
    {
      clientContent: {
        turns: [{ role: 'user', parts: [{ inlineData: { data: '/9j/4AAQ', mimeType: 'image/jpeg' } }] }],
        turnComplete: true,
      },
    },
    1007,
    INVALID,
  ],
  [
    'deprecated chunks on 3.8',
    manual,
    input({ mediaChunks: [{ data: 'AAAA', mimeType: 'audio/pcm' }] }),
    1007,
    'realtime_input.media_chunks is deprecated. Use audio, video, or text instead.',
  ],
  [
    'content in the middle of a session on 3.1',
    setupFor('gemini-3.1-flash-live-preview'),
    text('hello'),
    1007,
    INVALID,
  ],
  [
    'content of a role that is none',
    manual,
    { clientContent: { turns: [{ role: 'system', parts: [{ text: 'hi' }] }], turnComplete: true } },
    1007,
    INVALID,
  ],
  [
    'a result for a call that was never made',
    manual,
    { toolResponse: { functionResponses: [{ id: 'x', name: 'roll', response: {} }] } },
    1008,
    'Requested entity was not found.',
  ],
  [
    'a result without an id',
    manual,
    { toolResponse: { functionResponses: [{ name: 'roll', response: {} }] } },
    1007,
    INVALID,
  ],
])('%s closes the socket', async (_what, setup, message, code, reason) => {
  await using stage = await startStage();
  const client = await stage.rawReady(setup);
  client.send(message);
  expect(await stage.closeOf(client)).toEqual({ code, reason });
  expect(stage.events).toContainEqual(expect.objectContaining({ type: 'rejected', session: 'session-1' }));
});
