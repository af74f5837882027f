/**
 * Realtime input: windows of activity, audio, text, images (live-api.md §2.2, §8.1). What the service tolerates but no client should
 * do becomes a violation.
 */
import { resample } from '../speech/resample.ts';
import { createAutomaticActivity } from './automatic-activity.ts';
import type { Blob, RealtimeInput } from './content-kinds.ts';
import { MOST_IMAGE_BYTES, readImage, type SeenImage } from './image-check.ts';
import { rejections } from './rejection.ts';
import type { SessionContext } from './session-context.ts';
import type { WindowRecord } from './window-log.ts';

export interface UserInput {
  readonly windowOpen: boolean;
  take(input: RealtimeInput): void;
}

export interface UserInputListener {
  openWindow(): WindowRecord;
  started(window: WindowRecord): void;
  ended(window: WindowRecord): void;
  /** Text outside any window. */
  wrote(text: string): void;
  /** @param window it is in; null: in none */
  saw(image: SeenImage, window: WindowRecord | null): void;
}

/** What realtime input is in, unless its mime type says otherwise. */
const INPUT_RATE = 16_000;
const RATES = { lowest: 8_000, highest: 48_000 };
/** Documented: one image a second; a little less is the clock's fault. */
const VIDEO_INTERVAL_MS = 950;

export function createUserInput(context: SessionContext, listener: UserInputListener): UserInput {
  const { accepted, clock } = context;
  const { manualDetection, silenceMs, model } = accepted;
  const automatic = createAutomaticActivity(silenceMs, {
    started: start,
    audio: (pcm) => open?.append(pcm),
    ended: end,
  });
  let open: WindowRecord | null = null;
  let hadWindow = false;
  let lastVideoAt = Number.NEGATIVE_INFINITY;

  function start(): void {
    open = listener.openWindow();
    hadWindow = true;
    listener.started(open);
  }

  function end(): void {
    const window = open;
    open = null;
    if (window === null) return;
    window.end(clock.now());
    listener.ended(window);
  }

  function explicitStart(): void {
    if (open === null) start();
    else context.violation('double-activity-start', `window ${open.view.index} is open`);
  }

  function explicitEnd(): void {
    if (open === null) {
      context.violation('activity-end-without-start', 'no window is open');
      return;
    }
    const { index, audioMs, texts } = open.view;
    if (audioMs === 0 && texts.length === 0) context.violation('empty-window', `window ${index} has nothing in it`);
    end();
  }

  function hear(blob: Blob): void {
    const pcm = readAudio(blob);
    if (pcm === null) return;
    if (!manualDetection) automatic.hear(pcm);
    else if (open !== null) open.append(pcm);
    // Before the first window it was reported to close the socket (omi#7611), afterwards to be discarded (live-api.md §8.1 rule 3).
    else if (hadWindow) context.violation('audio-outside-window', `${pcm.length} samples discarded`);
    else context.reject(rejections.invalidArgument);
  }

  /** 16 kHz samples, or null when the socket was closed over it. */
  function readAudio({ data, mimeType = '' }: Blob): Int16Array | null {
    const rate = rateOf(mimeType);
    if (rate === null || data === undefined) {
      context.reject(rejections.invalidArgument);
      return null;
    }
    if (data.length % 2 === 1) context.violation('odd-byte-count', `${data.length} bytes are no 16-bit samples`);
    const pcm = Int16Array.from({ length: data.length >> 1 }, (_, i) => data.readInt16LE(i * 2));
    if (rate === INPUT_RATE) return pcm;
    context.violation('foreign-sample-rate', `${rate} Hz`);
    return resample(pcm, rate, INPUT_RATE);
  }

  function read(text: string): void {
    if (open !== null) {
      open.note(text);
      return;
    }
    if (manualDetection && model.clientContent === 'always') {
      context.violation('text-outside-window', 'nothing says that it is answered');
    }
    listener.wrote(text);
  }

  function see(blob: Blob): void {
    const image = readImage(blob);
    if (image === null) {
      context.reject(rejections.invalidArgument);
      return;
    }
    if (image.bytes > MOST_IMAGE_BYTES) context.violation('image-too-large', `${image.bytes} bytes`);
    if (manualDetection && open === null) context.violation('image-outside-window', 'no window is open');
    if (clock.now() - lastVideoAt < VIDEO_INTERVAL_MS) context.violation('video-rate', 'more than one image a second');
    lastVideoAt = clock.now();
    open?.saw(image);
    listener.saw(image, open);
  }

  function streamEnded(): void {
    if (manualDetection) context.violation('audio-stream-end-in-manual-mode', 'every stop is an activityEnd');
    else automatic.streamEnded();
  }

  return {
    get windowOpen() {
      return open !== null;
    },
    take(input) {
      const fields = Object.keys(input);
      if (fields.length === 0) context.violation('empty-realtime-input', 'no field is set');
      if (fields.length > 1) context.violation('several-fields-in-realtime-input', fields.join(', '));
      const { activityStart, activityEnd, audio, mediaChunks, text, video, audioStreamEnd } = input;
      if ((activityStart || activityEnd) && !manualDetection) {
        context.reject(rejections.automaticDetection);
        return;
      }
      if (mediaChunks && model.mediaChunks === 'refused') {
        context.reject(rejections.mediaChunks);
        return;
      }
      if (mediaChunks) context.violation('deprecated-field', 'mediaChunks');
      if (activityStart) explicitStart();
      // Of mediaChunks only the first is honoured (live-api.md §2.2).
      const [chunk] = mediaChunks ?? [];
      const isImage = /^image\//i.test(chunk?.mimeType ?? '');
      const [heard, seen] = isImage ? [audio, video ?? chunk] : [audio ?? chunk, video];
      if (heard) hear(heard);
      if (seen) see(seen);
      if (!context.isOpen()) return;
      if (text !== undefined) read(text);
      if (activityEnd) explicitEnd();
      if (audioStreamEnd) streamEnded();
    },
  };
}

/** The rate that a mime type of raw PCM states; null for anything else. */
function rateOf(mimeType: string): number | null {
  const stated = /^audio\/pcm(?:\s*;\s*rate=(\d+))?$/i.exec(mimeType.trim());
  if (stated === null) return null;
  const rate = stated[1] === undefined ? INPUT_RATE : Number(stated[1]);
  return rate >= RATES.lowest && rate <= RATES.highest ? rate : null;
}
