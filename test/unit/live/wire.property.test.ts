import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MODEL_PROFILES } from '../../../src/catalogue/models.ts';
import { DEFAULT_SETTINGS } from '../../../src/types/settings.ts';
import { jpegOf } from '../../kit/jpeg.ts';
import { kindOf, type ScriptedConnection } from '../../kit/scripted-transport.ts';
import { createLiveHarness, handleMessage, type LiveHarness, soundMessage } from './harness.ts';

type Act = (live: LiveHarness, number: number) => void;

/** The service says something, if a socket is up and set up. */
const service =
  (message: (number: number) => object): Act =>
  (live, number) => {
    const connection = live.connections.at(-1);
    if (connection && !connection.over && isSetUp.has(connection)) connection.says(message(number));
  };

const SHUT = { status: 'shut', problem: { code: 'LIVE_UNREACHABLE', details: {} } } as const;
const isSetUp = new WeakSet<ScriptedConnection>();

const ACTS: Readonly<Record<string, Act>> = {
  start: (live) => live.session.startWindow({ speakers: ['Anna'], notes: ['a note'] }),
  audio: (live, number) => live.session.sendAudio(new Int16Array((number % 900) + 1)),
  end: (live) => live.session.endWindow(),
  join: (live) => live.session.addSpeaker('Ben'),
  spoke: (live) => live.session.spoke(),
  text: (live) => live.session.sendText('hello'),
  shown: (live, number) =>
    live.session.sendTurn({
      text: number % 2 ? 'look' : '',
      images: [jpegOf(2, 2), jpegOf(3, 3)].slice(number % 3 ? 0 : 1),
      context: number % 5 ? [] : [{ role: 'model', text: 'before' }],
    }),
  recording: (live, number) =>
    live.session.sendTurn({ text: number % 2 ? 'listen' : '', recording: new Int16Array(number * 400 + 1) }),
  image: (live) => live.session.showImage(jpegOf(4, 4)),
  stuck: (live, number) => {
    const connection = live.connections.at(-1);
    if (connection && !connection.over && isSetUp.has(connection)) connection.holds(number % 2 ? 1_000_000 : 0);
  },
  settings: (live, number) =>
    live.session.applySettings({ ...DEFAULT_SETTINGS, voice: number % 2 ? 'Puck' : 'Kore' }, number),
  reset: (live) => live.session.reset(),
  gate: (live, number) =>
    live.session.gate([{ status: 'open' } as const, { status: 'probe' } as const, SHUT][number % 3] ?? SHUT),
  tools: (live, number) => live.session.answerTools([{ id: `c${number % 3}`, name: 'roll', response: {} }]),
  drop: (live) => live.connections.at(-1)?.ends(),
  fault: (live) => live.connections.at(-1)?.ends({ code: 1011, reason: 'Internal error encountered.' }),
  refusal: (live) => {
    const connection = live.connections.at(-1);
    if (connection && isSetUp.has(connection)) connection.ends({ code: 1007, reason: 'invalid argument' });
  },
  up: (live) => {
    const connection = live.connections.at(-1);
    if (!connection || connection.over || connection.sent.length > 0) return;
    connection.opens();
    isSetUp.add(connection);
    connection.says({ setupComplete: {} });
  },
  wait: (live, number) => live.clock.advance(number * 20),
  sound: service(() => soundMessage(480)),
  words: service(() => ({ serverContent: { outputTranscription: { text: 'hi' } } })),
  complete: service(() => ({ serverContent: { generationComplete: true } })),
  over: service(() => ({ serverContent: { turnComplete: true } })),
  interrupted: service(() => ({ serverContent: { interrupted: true } })),
  handle: service((number) => handleMessage(`h${number}`)),
  call: service((number) => ({ toolCall: { functionCalls: [{ id: `c${number % 3}`, name: 'roll' }] } })),
  goAway: service(() => ({ goAway: { timeLeft: '10s' } })),
};

const acts = fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTS), 'audio', 'audio', 'up', 'up'), fc.nat(1000)), {
  maxLength: 120,
});

const everyWay = MODEL_PROFILES.flatMap(
  ({ id }) =>
    [
      [id, 'manual', faultsOf],
      [id, 'automatic', faultsOfStream],
    ] as const,
);

test.each(everyWay)('whatever happens, what %s is sent in %s detection is legal', (model, detection, faultsIn) => {
  fc.assert(
    fc.property(acts, (script) => {
      const live = createLiveHarness({ model, detection });
      live.session.open();
      for (const [name, number] of script) {
        ACTS[name]?.(live, number);
        expect(live.connections.filter(({ over }) => !over).length).toBeLessThanOrEqual(1);
      }
      for (const connection of live.connections) expect(faultsIn(connection)).toEqual([]);
      expect(numbersInOrder(live.told)).toEqual([]);
      void live.session.close();
      live.clock.advance(2_000);
      expect(live.clock.pending).toBe(0);
    }),
    { numRuns: 100 },
  );
});

/** The rules of reference/live-api.md §1, §2 and §8.1, over everything that one connection was sent. */
function faultsOf({ sent }: ScriptedConnection): string[] {
  const faults: string[] = [];
  let open = false;
  let filled = false;
  for (const [index, message] of sent.entries()) {
    const kind = kindOf(message);
    if (Object.keys(message).length !== 1 || kind.includes('+')) faults.push(`several fields: ${kind}`);
    if (JSON.stringify(message).includes('null')) faults.push(`null in ${kind}`);
    if ((kind === 'setup') !== (index === 0)) faults.push(`${kind} at ${index}`);
    if (kind === 'activityStart') {
      if (open) faults.push('double start');
      open = true;
      filled = false;
    } else if (kind === 'activityEnd') {
      if (!open) faults.push('end without start');
      if (!filled) faults.push('empty window');
      open = false;
    } else if (kind === 'audio' || kind === 'text' || kind === 'video') {
      if (!open) faults.push(`${kind} outside a window`);
      if (kind !== 'video') filled = true;
    } else if (kind === 'clientContent' && open) {
      faults.push('a turn inside a window');
    } else if (!['setup', 'clientContent', 'toolResponse'].includes(kind)) {
      faults.push(`unknown ${kind}`);
    }
  }
  return faults;
}

/** The rules of automatic detection: no windows, the end of the stream once after sound, text as the model takes it. */
function faultsOfStream({ sent }: ScriptedConnection): string[] {
  const faults: string[] = [];
  let streaming = false;
  for (const [index, message] of sent.entries()) {
    const kind = kindOf(message);
    if (Object.keys(message).length !== 1 || kind.includes('+')) faults.push(`several fields: ${kind}`);
    if (JSON.stringify(message).includes('null')) faults.push(`null in ${kind}`);
    if ((kind === 'setup') !== (index === 0)) faults.push(`${kind} at ${index}`);
    if (kind === 'audioStreamEnd' && !streaming) faults.push('the end of no stream');
    if (kind === 'audio' || kind === 'audioStreamEnd') streaming = kind === 'audio';
    else if (kind === 'text' && /\[Speaking|a note|broke off/.test(JSON.stringify(message)))
      faults.push('a note beside the stream');
    else if (!['setup', 'text', 'video', 'clientContent', 'toolResponse'].includes(kind))
      faults.push(`unknown ${kind}`);
  }
  return faults;
}

/** Answers are numbered upwards, each ends at most once, and none says anything after its end but late words. */
function numbersInOrder(told: readonly string[]): string[] {
  const ended = new Set<string>();
  const faults: string[] = [];
  let last = 0;
  for (const line of told) {
    const [event = '', id = ''] = line.split(' ');
    if (!['audio', 'generationComplete', 'interrupted', 'turnComplete'].includes(event)) continue;
    if (event === 'turnComplete' && ended.has(id)) faults.push(`${id} ended twice`);
    if (event === 'turnComplete') ended.add(id);
    if (event === 'audio' && ended.has(id)) faults.push(`sound of ${id} after its end`);
    if (event === 'audio' && Number(id) < last) faults.push(`sound of ${id} after ${last}`);
    if (event === 'audio') last = Number(id);
  }
  return faults;
}

test('a question whose connection drops twice before its answer is answered exactly once, in order', () => {
  const question = fc.record({ drops: fc.nat(2), handle: fc.boolean(), dropAfter: fc.boolean() });
  fc.assert(
    fc.property(fc.array(question, { minLength: 1, maxLength: 8 }), (questions) => {
      const live = createLiveHarness();
      live.start();
      for (const [number, { drops, handle, dropAfter }] of questions.entries()) {
        if (handle) live.latest().says(handleMessage(`h${number}`));
        live.speak(40, `speaker ${number}`);
        for (let drop = 0; drop < drops; drop++) reconnect(live);
        expect(windowsOf(live.latest()).at(-1)).toContain(`speaker ${number}`);
        live.answers();
        live.finishes();
        if (!dropAfter) continue;
        reconnect(live);
        expect(windowsOf(live.latest())).toEqual([]);
      }
      const ended = live.told.filter((it) => it.startsWith('turnComplete'));
      expect(ended).toEqual(questions.map((_, number) => `turnComplete ${number + 1}`));
      expect(live.problems).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

/** The line drops; whatever the back-off, a minute later there is another. */
function reconnect(live: LiveHarness): void {
  const { length } = live.connections;
  live.latest().ends();
  while (live.connections.length === length) live.clock.advance(1_000);
  live.latest().becomesReady();
}

/** What was told in each window that was asked on this connection. */
function windowsOf({ sent }: ScriptedConnection): string[] {
  const windows: string[] = [];
  let told = '';
  for (const message of sent) {
    const { text } = (message['realtimeInput'] ?? {}) as { text?: string };
    told += text ?? '';
    if (kindOf(message) !== 'activityEnd') continue;
    windows.push(told);
    told = '';
  }
  return windows;
}
