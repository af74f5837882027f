/**
 * One Live session on one connection: takes what the client sends after setup, and answers.
 */
import type { Answer } from './answer.ts';
import type { ClientMessage } from './client-message.ts';
import { type ClientContent, type Content, type RealtimeInput, textOf } from './content-kinds.ts';
import { remember, textTokens } from './conversation.ts';
import { createHandleFeed } from './handle-feed.ts';
import { MOST_IMAGE_BYTES, readImage, type SeenImage } from './image-check.ts';
import { rejections } from './rejection.ts';
import { createReply } from './reply.ts';
import type { Handles } from './resumption.ts';
import type { SessionContext } from './session-context.ts';
import { createToolDesk } from './tool-desk.ts';
import { createTurnQueue, type TurnRequest } from './turn-queue.ts';
import { createUserInput } from './user-input.ts';
import type { WindowLog, WindowRecord } from './window-log.ts';

export interface Session {
  receive(message: Exclude<ClientMessage, { type: 'setup' }>): void;
  /** `setupComplete` is out. */
  ready(): void;
  /** The connection is over. */
  close(): void;
}

/** An image of medium resolution (live-api.md §4). */
const IMAGE_TOKENS = 256;

/** What the client has said that is not answered yet. */
type Floor =
  /** A question is answered as soon as it is complete. */
  | { readonly status: 'free' }
  /** `turnComplete: false`: nothing is answered until a `turnComplete: true`, and then all of it. */
  | { readonly status: 'held' }
  /** History comes first, and is no question. */
  | { readonly status: 'seeding' };

export function createSession(context: SessionContext, windows: WindowLog, handles: Handles): Session {
  const { accepted, clock, conversation, script } = context;
  let floor: Floor = { status: accepted.seeded ? 'seeding' : 'free' };
  let heldWindows: WindowRecord[] = [];
  let heldTexts: string[] = [];
  let heldImages: SeenImage[] = [];
  let closed = false;

  const feed = createHandleFeed(context, handles);
  const tools = createToolDesk(context, {
    blockingAnswered() {
      if (queue.running?.status === 'calling') queue.running.answered();
      // Called beside others that do not block: its turn went on, and the results are answered in one of their own.
      else queue.add(requestOf('toolResponse', tools.prepared() ?? {}));
    },
    answered(response, how, followUp) {
      const text = JSON.stringify(response.response ?? {});
      remember(conversation, { role: 'user', text: '', tokens: { TEXT: textTokens(text) } });
      if (how === 'SILENT') return updateHandle();
      if (how === 'INTERRUPT' && !input.windowOpen) queue.interrupt(script.interruptedDelayMs);
      queue.add(requestOf('toolResponse', { toolResponses: [response], answer: followUp }));
    },
  });
  const queue = createTurnQueue({
    clock,
    mayStart: ({ cause }) => cause !== 'toolResponse' || !input.windowOpen,
    start: (request, over) =>
      createReply(request, { context, call: tools.call, prepared: () => preparedFor(request), over }),
    changed: updateHandle,
  });
  const input = createUserInput(context, {
    openWindow: () => windows.open(conversation.name, clock.now()),
    started(window) {
      context.tell({ type: 'activityStart', window: window.view.index });
      overtake();
    },
    ended(window) {
      context.tell({ type: 'activityEnd', window: window.view.index });
      heldWindows.push(window);
      if (floor.status === 'free') answerHeld('window');
      queue.pump();
    },
    wrote(text) {
      append({ role: 'user', parts: [{ text }] });
      overtake();
      if (floor.status === 'free') answerHeld('text');
    },
    saw(image, window) {
      context.tell({ type: 'image', window: window?.view.index ?? null, image });
      see([image]);
    },
  });

  /** What was prepared by tools belongs to the turn that called, or to the user's next. */
  function preparedFor({ cause }: TurnRequest) {
    return cause === 'toolResponse' ? null : tools.prepared();
  }

  function updateHandle(): void {
    if (!closed) feed.update(queue.running === null && !tools.anyOpen);
  }

  /** New input interrupts what is being said, and what is being called. */
  function overtake(): void {
    const cancelled = tools.cancel();
    if (accepted.interruptible || cancelled) queue.interrupt(script.interruptedDelayMs);
  }

  function answerHeld(cause: 'window' | 'text'): void {
    const [answered, texts, images] = [heldWindows, heldTexts, heldImages];
    heldWindows = [];
    heldTexts = [];
    heldImages = [];
    const nothing = answered.length === 0 && texts.length === 0 && images.length === 0;
    queue.add(requestOf(nothing ? 'greeting' : cause, { windows: answered, texts, images }));
  }

  function append(content: Content): void {
    const { role = 'user' } = content;
    const text = textOf(content);
    remember(conversation, { role: role === 'model' ? 'model' : 'user', text, tokens: { TEXT: textTokens(text) } });
    if (role === 'user' && text !== '' && floor.status !== 'seeding') heldTexts.push(text);
  }

  function see(images: readonly SeenImage[]): void {
    for (const _image of images) remember(conversation, { role: 'user', text: '', tokens: { IMAGE: IMAGE_TOKENS } });
  }

  /** Null: one of them cannot be read, or is not what it says. */
  function imagesOf(turns: readonly Content[]): readonly SeenImage[] | null {
    const blobs = turns.flatMap(({ parts = [] }) => parts).flatMap(({ inlineData }) => inlineData ?? []);
    const images = blobs.map(readImage).filter((image) => image !== null);
    for (const { bytes } of images) {
      if (bytes > MOST_IMAGE_BYTES) context.violation('image-too-large', `${bytes} bytes`);
    }
    return images.length === blobs.length ? images : null;
  }

  function takeContent({ turns = [], turnComplete = false }: ClientContent): void {
    const refused = accepted.model.clientContent === 'seed' && floor.status !== 'seeding';
    const images = imagesOf(turns);
    if (refused || images === null || turns.some(({ role = 'user' }) => role !== 'user' && role !== 'model')) {
      context.reject(rejections.invalidArgument);
      return;
    }
    const text = turns.map(textOf).join('\n');
    const said = turns.map((turn) => ({ role: turn.role ?? 'user', text: textOf(turn) }));
    context.tell({ type: 'clientContent', text, turns: said, images, turnComplete });
    see(images);
    heldImages.push(...images);
    for (const turn of turns) append(turn);
    if (floor.status === 'seeding') {
      if (turnComplete) floor = { status: 'free' };
      return;
    }
    tools.cancel();
    queue.interrupt(script.interruptedDelayMs);
    // Without any content it leaves nothing open: clients use it to say "stop" (live-api.md §2.3).
    if (!turnComplete && turns.length > 0) floor = { status: 'held' };
    if (!turnComplete) return;
    floor = { status: 'free' };
    answerHeld(heldWindows.length > 0 && heldTexts.length === 0 ? 'window' : 'text');
  }

  function takeInput(realtime: RealtimeInput): void {
    const onlyEnds = Object.keys(realtime).every((field) => field === 'activityEnd');
    if (tools.blockingOpen && !onlyEnds && accepted.model.inputDuringCall === 'close') {
      context.reject(rejections.inputDuringCall);
      return;
    }
    if (floor.status === 'seeding' && (realtime.activityStart || realtime.text !== undefined)) {
      context.violation('input-before-history-ended', 'the history announced in setup has no turnComplete yet');
    }
    if (tools.blockingOpen && !onlyEnds) {
      context.violation('input-during-call', 'it cancels the call: input waits until the toolResponse is out');
      // Audio alone overtakes a call too; a window that starts does so by itself.
      if (realtime.audio) overtake();
    }
    input.take(realtime);
  }

  return {
    receive(message) {
      if (message.type === 'realtimeInput') takeInput(message.realtimeInput);
      else if (message.type === 'clientContent') takeContent(message.clientContent);
      else tools.respond(message.toolResponse);
    },
    ready: updateHandle,
    close() {
      closed = true;
      feed.close();
      queue.close();
    },
  };
}

function requestOf(
  cause: TurnRequest['cause'],
  { windows = [], texts = [], images = [], toolResponses = [], answer = null }: Partial<TurnRequest>,
): TurnRequest {
  return { cause, windows, texts, images, toolResponses, answer: answer satisfies Answer | null };
}
