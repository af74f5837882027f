/**
 * One turn of the model on the wire: finds its answer, then sends what turn-state.ts says is due.
 */
import type { Answer, SpokenAnswer } from './answer.ts';
import type { AnswerPiece } from './answer-audio.ts';
import { type AnswerStream, createAnswerStream } from './answer-stream.ts';
import type { LiveClock, LiveTimer } from './live-clock.ts';
import type { ServerContent } from './server-message.ts';
import {
  type Pace,
  startTurn,
  stepTurn,
  type TurnEffect,
  type TurnEvent,
  type TurnState,
  wakeAt,
} from './turn-state.ts';

/** What a turn has said, or has said so far. */
export interface Said {
  readonly words: string;
  readonly audioMs: number;
  readonly interrupted: boolean;
}

export interface AnswerSource {
  readonly pieces: AsyncIterator<AnswerPiece, void>;
  /** Samples that are made ahead of what is sent. */
  readonly readAhead: number;
}

/** What a turn needs of its session. */
export interface TurnPort {
  readonly clock: LiveClock;
  readonly pace: Pace;
  /** Samples of one part. */
  readonly part: number;
  /** Parts of a message, at most. */
  readonly mostParts: number;
  readonly modality: 'AUDIO' | 'TEXT';
  /** Whether output transcription goes beside the audio. */
  readonly transcribes: boolean;
  readonly random: () => number;
  /** What this turn answers; asked again after a blocking call was answered. */
  findAnswer(): Promise<Answer>;
  speak(answer: SpokenAnswer): AnswerSource;
  /** Sends a `toolCall`; says whether the turn waits for its responses. */
  call(answer: Extract<Answer, { kind: 'call' }>): 'waits' | 'goes-on';
  send(content: ServerContent, said: Said): void;
  /** Something was said or has happened: `answerStarted` and so on. */
  tell(type: 'answerStarted' | 'answerComplete' | 'interrupted' | 'turnComplete', said: Said): void;
  transcribed(text: string): void;
  /** When the first audio may go out, if the answer is known by then. */
  speakAt(): number;
  over(said: Said): void;
  fault(error: unknown): void;
}

export interface Turn {
  readonly status: TurnState['status'];
  stop(interruptedAt: number): void;
  /** The blocking calls it waits for are answered. */
  answered(): void;
  /** Ends it without a word: the socket is gone. */
  abandon(): void;
}

export function createTurn(port: TurnPort): Turn {
  const { clock, pace, random } = port;
  let state: TurnState = startTurn(port.speakAt());
  let timer: LiveTimer | null = null;
  let source: AnswerSource | null = null;
  let pulling = false;
  let words = '';
  const stream: AnswerStream = createAnswerStream(random);
  const said = (): Said => ({
    words,
    audioMs: state.sent / pace.samplesPerMs,
    interrupted: state.status === 'over' && state.interrupted,
  });

  function apply(event: TurnEvent): void {
    const wasOver = state.status === 'over';
    const step = stepTurn(state, event, clock.now(), pace);
    state = step.state;
    for (const effect of step.effects) perform(effect);
    timer?.cancel();
    timer = null;
    if (state.status === 'over') {
      if (!wasOver) finish();
      return;
    }
    const at = wakeAt(state, pace);
    if (at !== null) timer = clock.after(Math.max(0, at - clock.now()), () => apply({ type: 'tick' }));
    void pull();
  }

  function finish(): void {
    // A generator that is in the middle of a sentence ends once that is made; nobody waits for it.
    source?.pieces.return?.().catch(port.fault);
    source = null;
    port.over(said());
  }

  function perform(effect: TurnEffect): void {
    if (effect.type === 'audio') {
      sendAudio(effect.from, effect.to);
      return;
    }
    if (effect.type === 'generationComplete') {
      sendText();
      port.tell('answerComplete', said());
    } else port.tell(effect.type, said());
    port.send({ [effect.type]: true }, said());
  }

  function sendAudio(from: number, to: number): void {
    if (from === 0) port.tell('answerStarted', said());
    const parts = stream.take(from, to, port.part);
    const spoken = stream.wordsUntil(to);
    if (spoken !== '') words += spoken;
    if (spoken !== '') port.transcribed(spoken);
    const transcription = spoken !== '' && port.transcribes ? { outputTranscription: { text: spoken } } : {};
    // The last parts carry the transcription, or a message of its own does.
    const beside = random() < 0.5;
    while (parts.length > 0) {
      const several = parts.splice(0, 1 + Math.floor(random() * port.mostParts));
      const rest = beside && parts.length === 0 ? transcription : {};
      port.send({ modelTurn: { role: 'model', parts: several }, ...rest }, said());
    }
    if (!beside && 'outputTranscription' in transcription) port.send(transcription, said());
  }

  /** What a text answer has to say goes out in one piece before it is complete. */
  function sendText(): void {
    const text = stream.wordsUntil(Number.POSITIVE_INFINITY);
    if (text === '') return;
    words += text;
    port.tell('answerStarted', said());
    port.send({ modelTurn: { role: 'model', parts: [{ text }] } }, said());
  }

  /** Asks for the next piece while little is left of what was made. */
  async function pull(): Promise<void> {
    const from = source;
    if (from === null || pulling || state.status === 'over') return;
    if (stream.available - state.sent > from.readAhead) return;
    pulling = true;
    try {
      const next = await from.pieces.next();
      pulling = false;
      if (next.done) source = null;
      else stream.add(port.modality === 'TEXT' ? { words: next.value.words, pcm: new Int16Array() } : next.value);
      apply({ type: 'supply', supply: { available: stream.available, ended: next.done === true } });
    } catch (error) {
      pulling = false;
      source = null;
      port.fault(error);
    }
  }

  function say(answer: SpokenAnswer | undefined): void {
    if (answer === undefined) {
      apply({ type: 'supply', supply: { available: stream.available, ended: true } });
      return;
    }
    source = port.speak(answer);
    void pull();
  }

  async function think(): Promise<void> {
    try {
      const answer = await port.findAnswer();
      if (state.status === 'over' || state.status === 'stopping') return;
      if (answer.kind === 'deaf') return apply({ type: 'abandon' });
      if (answer.kind === 'nothing') return say(undefined);
      if (answer.kind !== 'call') return say(answer);
      if (port.call(answer) === 'goes-on') return say(answer.meanwhile);
      apply({ type: 'called' });
    } catch (error) {
      port.fault(error);
    }
  }

  void think();
  return {
    get status() {
      return state.status;
    },
    stop: (interruptedAt) => apply({ type: 'stop', interruptedAt }),
    answered() {
      if (state.status !== 'calling') return;
      apply({ type: 'answered', speakAt: port.speakAt() });
      void think();
    },
    abandon: () => apply({ type: 'abandon' }),
  };
}
