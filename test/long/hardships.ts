/**
 * What a service does to a conversation (reference/live-api.md §8.4, §11), each at its moment of an exchange.
 */
import type { Service } from './service.ts';
import type { TalkingRoom } from './talking-room.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Scene {
  readonly service: Service;
  readonly room: TalkingRoom;
  readonly time: VirtualTime;
}

export interface Hardship {
  readonly name: string;
  /** Before the question. */
  before?(scene: Scene): Promise<void>;
  /** While it is being asked. */
  during?(scene: Scene): Promise<void>;
  /** When some of the answer has been heard. */
  inAnswer?(scene: Scene): Promise<void>;
  /** The model may stay silent: no answer is due. */
  readonly silent?: boolean;
  /** Only where text makes the model speak: without it a second silence to the same question is where asking again ends. */
  readonly takesNudge?: boolean;
  /** What had come of the answer is all that will: nothing is asked twice. */
  readonly cutsShort?: boolean;
}

const INTERNAL = { code: 1011, reason: 'Internal error encountered.' } as const;
const DEADLINE = 'Deadline expired before operation could complete.';
/** Half of what a question takes, ms. */
const HALF_WAY_MS = 600;

/** The first eight are nothing: most exchanges of a good day are undisturbed. */
export const HARDSHIPS: readonly Hardship[] = [
  ...Array.from({ length: 8 }, () => ({ name: 'none' })),
  { name: 'dropped between turns', before: ({ service }) => service.order('terminate') },
  {
    name: 'dropped while somebody speaks',
    async during({ service, time }) {
      await time.until(() => false, HALF_WAY_MS);
      await service.order('terminate');
    },
  },
  {
    name: 'dropped before the answer',
    async before({ service }) {
      await service.order('delayNext', 4_000);
    },
    async during({ service, room, time }) {
      await time.until(() => !room.asking, 5_000);
      await time.until(() => false, 2_000);
      await service.order('terminate');
    },
  },
  {
    name: 'dropped in the middle of the answer',
    cutsShort: true,
    inAnswer: ({ service }) => service.order('terminate'),
  },
  { name: 'goAway with 10 s, before', before: ({ service }) => service.order('goAway', 10_000) },
  { name: 'goAway with 10 s, in the answer', inAnswer: ({ service }) => service.order('goAway', 10_000) },
  { name: 'the end of a lifetime', before: ({ service }) => service.order('close', 1011, DEADLINE) },
  {
    name: 'a storm of 1011',
    async before({ service }) {
      await service.order('rejectNextSetup', INTERNAL);
      await service.order('rejectNextSetup', INTERNAL);
      await service.order('close', INTERNAL.code, INTERNAL.reason);
    },
  },
  {
    name: 'handles refused',
    async before({ service, room, time }) {
      await service.order('refuseHandles', true);
      await service.order('terminate');
      await time.until(() => !room.connected, 5_000);
      await time.until(() => room.connected, 120_000);
      await service.order('refuseHandles', false);
    },
  },
  {
    name: 'no sockets for a while',
    async before({ service, time }) {
      await service.order('refuseSockets', 503);
      await service.order('terminate');
      await time.until(() => false, 3_000);
    },
    async during({ service, time }) {
      await time.until(() => false, HALF_WAY_MS);
      await service.order('refuseSockets', null);
    },
  },
  { name: 'a silent turn', silent: true, before: ({ service }) => service.order('nextAnswers', { kind: 'nothing' }) },
  { name: 'deaf once', before: ({ service }) => service.order('stayDeaf', 1) },
  { name: 'deaf to a nudge too', takesNudge: true, before: ({ service }) => service.order('stayDeaf', 2) },
  {
    name: 'an answer that stands still',
    cutsShort: true,
    before: ({ service }) => service.order('stallNext', { afterMs: 800, forMs: 50_000 }),
  },
];

/** The same hardships in every run, in no order that suits anybody (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
