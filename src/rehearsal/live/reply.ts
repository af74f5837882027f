/**
 * How one request is answered: recognise the window, transcribe it, find the answer, account for it.
 */
import type { Answer, Heard, ScriptedSearch, SpokenAnswer } from './answer.ts';
import { answerAudio, LIVE_RATE } from './answer-audio.ts';
import { addTokens, audioTokens, compress, contextTokens, remember, textTokens } from './conversation.ts';
import { fragmentsOf } from './fragments.ts';
import { transcribe } from './respond.ts';
import { type ServerContent, type ServerPart, usageOf } from './server-message.ts';
import { afterRuns, checkGrounds, groundingOf } from './service-tools.ts';
import type { SessionContext } from './session-context.ts';
import { holdsSpeech } from './speech-likeness.ts';
import { stalled } from './stalled.ts';
import { type AnswerSource, createTurn, type Said, type Turn } from './turn.ts';
import type { TurnRequest } from './turn-queue.ts';

/** Parts that fall due together: enough for messages of several, and a small part of a second of audio. */
const PARTS_AT_ONCE = 3;
/** Audio that is made ahead of what is sent, in samples: the next sentence or two. */
const READ_AHEAD = 10 * LIVE_RATE;

export interface ReplyDeps {
  readonly context: SessionContext;
  call(answer: Extract<Answer, { kind: 'call' }>): 'waits' | 'goes-on';
  /** What answers this turn before the script and `respond` are asked: results of a blocking call, a call that comes again. */
  prepared(): { readonly answer: Answer | null; readonly toolResponses: Heard['toolResponses'] } | null;
  over(): void;
}

export function createReply(request: TurnRequest, deps: ReplyDeps): Turn {
  const { context } = deps;
  const { accepted, conversation, options, script, clock } = context;
  const record = request.windows.at(-1) ?? null;
  const window = record?.view.index ?? null;
  const memory = conversation.entries;
  let heard: Heard | null = null;
  let done = false;
  /** Input transcription that comes after the answer has begun. */
  let late = '';
  /** What the answer rests on; told at its end. */
  let search: ScriptedSearch | null = null;

  function transcribed(type: 'inputTranscription' | 'outputTranscription', text: string): void {
    context.tell({ type, window, text });
  }

  function sendInput(text: string): void {
    if (text === '' || done) return;
    transcribed('inputTranscription', text);
    if (accepted.transcribesInput) context.send({ serverContent: { inputTranscription: { text } } });
  }

  function sendLate(): void {
    const text = late;
    late = '';
    sendInput(text);
  }

  async function listen(): Promise<Heard> {
    const pcm = record?.view.pcm ?? new Int16Array();
    const recognition = pcm.length === 0 ? null : await context.speech.recognise(pcm);
    if (recognition !== null) record?.recognised(recognition);
    const speech = recognition !== null && (recognition.best !== null || holdsSpeech(pcm));
    const text = speech && recognition !== null ? transcribe(recognition) : '';
    // Another connection may have resumed the session meanwhile, from before this window.
    if (context.isOpen()) {
      for (const each of request.windows)
        rememberWindow(each.view.audioMs, each === record ? text : '', each.view.texts);
    }
    const fragments = fragmentsOf(text, options.random).map((fragment) => fragment.text);
    late = fragments.length > 1 ? (fragments.pop() ?? '') : '';
    for (const fragment of fragments) sendInput(fragment);
    const { cause, toolResponses } = request;
    const texts = [...request.windows.flatMap(({ view }) => view.texts), ...request.texts];
    const images = [...request.windows.flatMap(({ view }) => view.images), ...request.images];
    const { name, model } = conversation;
    return {
      session: name,
      model: model.id,
      cause,
      recognition,
      speech,
      texts,
      images,
      toolResponses,
      remembered: memory,
    };
  }

  function rememberWindow(audioMs: number, text: string, notes: readonly string[]): void {
    const tokens = { AUDIO: audioTokens(audioMs), TEXT: textTokens(notes.join('')) };
    remember(conversation, { role: 'user', text: [...notes, text].join(' ').trim(), tokens });
  }

  async function findAnswer(): Promise<Answer> {
    const first = heard === null;
    heard ??= await listen();
    const prepared = deps.prepared();
    if (prepared?.answer) return prepared.answer;
    if (prepared) return options.respond({ ...heard, cause: 'toolResponse', toolResponses: prepared.toolResponses });
    if (request.answer !== null) return request.answer;
    const scripted = first ? script.answers.shift() : undefined;
    return scripted ?? options.respond(heard);
  }

  function speak(answer: SpokenAnswer): AnswerSource {
    checkGrounds(answer, accepted);
    search = answer.search ?? null;
    const spoken = answerAudio(answer, accepted.voice, context.speech.speak);
    const pieces = afterRuns(answer.runs ?? [], spoken, { clock, send: sendPart });
    const stall = script.stalls.shift();
    if (stall === undefined) return { pieces, readAhead: READ_AHEAD };
    // It stands still once what is there has been sent, not when it is made.
    return { pieces: stalled(pieces, stall, clock), readAhead: part * PARTS_AT_ONCE - 1 };
  }

  function sendPart(part: ServerPart): void {
    if (!done) context.send({ serverContent: { modelTurn: { role: 'model', parts: [part] } } });
  }

  function send(content: ServerContent, said: Said): void {
    if (content.turnComplete) return sendTurnComplete(content, said);
    if (content.generationComplete || content.interrupted) sendLate();
    context.send({ serverContent: { ...content, ...(content.generationComplete && grounding()) } });
    if (content.modelTurn) sendLate();
    record?.answered(said);
  }

  /** Beside the end of the answer, or in a message of its own before it. */
  function grounding(): Pick<ServerContent, 'groundingMetadata'> {
    if (search === null) return {};
    const found = { groundingMetadata: groundingOf(search) };
    if (options.random() < 0.5) return found;
    context.send({ serverContent: found });
    return {};
  }

  function sendTurnComplete(content: ServerContent, said: Said): void {
    sendLate();
    const { instruction, modality, model } = accepted;
    const prompt = addTokens(contextTokens(conversation), { TEXT: textTokens(instruction) });
    const response = modality === 'TEXT' ? { TEXT: textTokens(said.words) } : { AUDIO: audioTokens(said.audioMs) };
    const status = model.interactionStatus ? { interactionStatus: 'IDLE' as const } : {};
    context.send({ serverContent: { ...content, ...status }, usageMetadata: usageOf(prompt, response) });
    if (said.words !== '') remember(conversation, { role: 'model', text: said.words.trim(), tokens: response });
    if (accepted.compression) compress(conversation, accepted.compression);
  }

  const delayMs = script.delays.shift() ?? 0;
  const part = (options.chunkMs * LIVE_RATE) / 1000;
  return createTurn({
    clock,
    pace: { samplesPerMs: LIVE_RATE / 1000, chunk: part * PARTS_AT_ONCE, speed: options.speed },
    part,
    mostParts: accepted.model.partsOfMessage,
    modality: accepted.modality,
    transcribes: accepted.transcribesOutput,
    random: options.random,
    findAnswer,
    speak,
    call: deps.call,
    send,
    tell: (type, { words, audioMs }) =>
      context.tell(
        type === 'answerComplete' || type === 'interrupted' ? { type, window, words, audioMs } : { type, window },
      ),
    transcribed: (text) => transcribed('outputTranscription', text),
    speakAt: () => clock.now() + options.firstChunkDelayMs + delayMs,
    over(said) {
      done = true;
      if (said.interrupted || said.audioMs > 0) record?.answered(said);
      deps.over();
    },
    fault: context.fault,
  });
}
