import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnswerPart } from '../../../src/room/answers.ts';
import { createTypedTurns } from '../../../src/room/typed-turns.ts';
import type { TypedAnswer, TypedTurn } from '../../../src/types/typed-turn.ts';

/** A room as far as the queue knows it: who has the floor, what is owed, and what has come of it. */
function createRoom() {
  const told: { turnId: string; answer: TypedAnswer }[] = [];
  const asked: string[] = [];
  const faults: string[] = [];
  const room = { now: 0, latest: 0, peopleSpeak: false, due: false, playing: false, parts: [] as AnswerPart[] };
  const turns = createTypedTurns({
    ask({ turnId }) {
      if (room.peopleSpeak) faults.push(`${turnId} was asked while people spoke`);
      if (room.due || room.playing) faults.push(`${turnId} was asked into an answer`);
      asked.push(turnId);
      room.due = true;
    },
    tell: ({ turnId }, answer) => told.push({ turnId, answer }),
    latest: () => room.latest,
    since: (generation) => room.parts.filter((part) => part.generation > generation),
    separator: ' ',
  });
  return { turns, told, asked, faults, room };
}

type Bench = ReturnType<typeof createRoom>;

const ACTS: Readonly<Record<string, (bench: Bench, number: number) => void>> = {
  drop({ turns, told, asked }, number) {
    const id = [...asked, ...told.map(({ turnId }) => turnId)][number % 7] ?? 'nobody';
    if (turns.drop(id) === 'answering') turns.stopped();
  },
  words({ room }, number) {
    if (!room.due && room.parts.length === 0) return;
    room.due = false;
    room.latest = Math.max(room.latest, room.parts.at(-1)?.generation ?? room.latest + 1);
    room.parts = [{ generation: room.latest, text: `word ${number}`, interrupted: false, over: false }];
    room.playing = true;
  },
  ended({ turns, room }) {
    room.due = false;
    room.playing = false;
    for (const part of room.parts) turns.finished(part);
    room.parts = [];
  },
  speak({ turns, room }) {
    room.peopleSpeak = true;
    room.playing = false;
    room.parts = room.parts.map((part) => ({ ...part, interrupted: true, over: true }));
    turns.overtaken();
    room.parts = [];
    room.due = true;
  },
  quiet({ room }) {
    room.peopleSpeak = false;
  },
  stop({ turns, room }) {
    turns.stopped();
    Object.assign(room, { playing: false, parts: [], due: false });
  },
  lost: ({ turns }) => turns.lost(),
  forget({ turns, room }) {
    turns.end();
    Object.assign(room, { playing: false, parts: [], due: false });
  },
  pass: ({ turns }, number) => turns.passOver(number % 5),
};

const script = fc.array(
  fc.tuple(fc.constantFrom(...Object.keys(ACTS), 'write', 'write', 'ended', 'words'), fc.nat(1_000)),
  {
    maxLength: 150,
  },
);

test('whatever happens, a turn is asked into silence alone, and each has exactly one last event, at the end of all of its events', () => {
  fc.assert(
    fc.property(script, (acts) => {
      const bench = createRoom();
      const { turns, told, faults, room } = bench;
      const written: string[] = [];
      for (const [name, number] of acts) {
        if (name === 'write') {
          const turnId = `t${written.length}`;
          written.push(turnId);
          turns.wait(turnOf(turnId));
        } else ACTS[name]?.(bench, number);
        room.now += 20 * (number % 60);
        const free = !room.due && !room.playing;
        turns.tick(room.now, { mayAsk: free && !room.peopleSpeak, settled: free });
      }
      turns.end();
      expect(faults).toEqual([]);
      expect(turns.idle).toBe(true);
      for (const turnId of written) {
        const statuses = told.filter((it) => it.turnId === turnId).map(({ answer }) => answer.status);
        expect(statuses.filter((status) => status !== 'growing')).toHaveLength(1);
        expect(statuses.at(-1)).not.toBe('growing');
      }
    }),
    { numRuns: 400 },
  );
});

test('turns are asked first in the order in which they came, but for those that were dropped', () => {
  fc.assert(
    fc.property(script, (acts) => {
      const bench = createRoom();
      const { turns, asked, room } = bench;
      let written = 0;
      for (const [name, number] of acts) {
        if (name === 'write') turns.wait(turnOf(`t${written++}`));
        else ACTS[name]?.(bench, number);
        const free = !room.due && !room.playing;
        turns.tick(room.now, { mayAsk: free && !room.peopleSpeak, settled: free });
      }
      const firsts = [...new Set(asked)].map((turnId) => Number(turnId.slice(1)));
      expect(firsts).toEqual(firsts.toSorted((one, other) => one - other));
    }),
  );
});

function turnOf(turnId: string): TypedTurn {
  return { turnId, text: turnId, authorIds: [], images: [], context: [], speech: null, wantsSound: false };
}
