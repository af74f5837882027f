/**
 * Questions of a test, and a place for their answers that keeps what is posted there.
 */
import type { AnswerMessage, AnswerPlace } from '../../../src/chat/answer-place.ts';
import { NOTHING_ATTACHED, type Question } from '../../../src/chat/question.ts';

export interface TestPlace extends AnswerPlace {
  /** What can be read there, one text a message. */
  readonly read: readonly string[];
  /** Every call, e.g. `post` or `edit 0`. */
  readonly calls: readonly string[];
  readonly buttons: readonly boolean[];
  readonly refusals: readonly string[];
  readonly spoken: readonly number[];
  /** What posting and editing do from now on; null: they work. */
  fail(how: 'passing' | 'refused' | null): void;
  /** Somebody deletes a message of the answer. */
  lose(index: number): void;
}

export function createTestPlace(channelId = 'general', typing = false): TestPlace {
  const messages: (AnswerMessage | null)[] = [];
  const calls: string[] = [];
  const refusals: string[] = [];
  const spoken: number[] = [];
  const lost = new Set<number>();
  let failure: 'passing' | 'refused' | null = null;

  const call = (name: string): void => {
    calls.push(name);
    if (failure === 'passing') throw new Error('Discord is away');
  };

  return {
    channelId,
    calls,
    refusals,
    spoken,
    get read() {
      return messages.flatMap((message) => message?.content ?? []);
    },
    get buttons() {
      return messages.flatMap((message) => (message === null ? [] : [message.stop !== null]));
    },
    fail(how) {
      failure = how;
    },
    lose(index) {
      lost.add(index);
      messages[index] = null;
    },
    async post(message) {
      call('post');
      if (failure === 'refused') return null;
      const index = messages.push(message) - 1;
      return {
        async edit(changed) {
          call(`edit ${index}`);
          if (lost.has(index)) return false;
          messages[index] = changed;
          return true;
        },
        async remove() {
          call(`remove ${index}`);
          messages[index] = null;
        },
      };
    },
    refuse: async (text) => void refusals.push(text),
    lacksToSpeak: () => null,
    speak: async ({ durationSecs }) => void spoken.push(durationSecs),
    typing: typing ? async () => void calls.push('typing') : null,
  };
}

let latest = 0;

/** A plain message of Ada's in the general channel. */
export function questionOf(change: Partial<Question> = {}): Question {
  return {
    ...{ id: `question ${++latest}`, guildId: 'guild', channelId: 'general', authorId: 'ada', authorName: 'Ada' },
    ...{ text: 'Why?', attached: Promise.resolve(NOTHING_ATTACHED), hasFiles: false, alone: false, byVoice: false },
    ...{ place: createTestPlace(), heading: null, locale: async () => 'en' as const },
    ...change,
  };
}

/** Lets everything happen that is about to. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise(setImmediate);
}
