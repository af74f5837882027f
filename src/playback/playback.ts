/**
 * Playback: turns the answers of the Live API into one Opus packet every 20 ms.
 *
 * Chunks come several times faster than real time and can be minutes long, so they wait here as PCM and are encoded just in
 * time: that is what lets a barge-in stop everything at once, and ducking take effect on the next packet. Pacing is the
 * caller's frame clock (`tick`), not the library's AudioPlayer, which paces on the wall clock, prepares one tick ahead and
 * sends four of its five silence frames (reference/discord.md §1).
 */
import { LIVE_OUTPUT_FRAME_SAMPLES, LIVE_OUTPUT_RATE } from '../audio/rates.ts';
import type { Clock } from '../types/clock.ts';
import type { Count, Log } from '../types/log.ts';
import { createGain, DUCK_GAIN } from './gain.ts';
import { createPlayoutQueue, type PlayoutItem, type PlayoutQueue } from './playout-queue.ts';
import { IDLE, type PlayoutEvent, type PlayoutState, stepPlayout } from './playout-state.ts';

/** Encodes 480 samples (20 ms, 24 kHz mono) into one Opus packet. May throw; the frame is then replaced by silence. */
export interface FrameEncoder {
  encode(pcm: Int16Array): Uint8Array;
  close(): void;
}

/** Where packets go. */
export interface PacketSink {
  /** False while a packet would be lost or would leave without end-to-end encryption. */
  canSend(): boolean;
  sendPacket(opus: Uint8Array): void;
  setSpeaking(speaking: boolean): void;
}

export interface PlaybackEvents {
  /** The first packet with the generation's voice has left. `at` in ms on the clock. */
  started(generation: number, at: number): void;
  /** The last packet with the generation's voice has left; not told of one that was flushed. 0 ms: it had no sound. */
  finished(generation: number, heardMs: number): void;
  /** The queue was full; the newest `droppedMs` are lost. */
  overflow(generation: number, droppedMs: number): void;
}

export interface FlushReport {
  /** The answer that was being heard, or the next in line; null when nothing was queued. */
  readonly generation: number | null;
  /** How much of that answer had left. */
  readonly heardMs: number;
  /** How much had arrived and was never sent, later answers included. */
  readonly unheardMs: number;
}

export interface PlaybackOptions {
  /** Owned: closed with the playback. */
  readonly encoder: FrameEncoder;
  readonly sink: PacketSink;
  readonly clock: Clock;
  readonly on: PlaybackEvents;
  readonly count: Count;
  readonly log: Log;
  /** Audio collected before the first packet of an answer, ms: covers the gaps between the first chunks. */
  readonly prebufferMs?: number;
  /** Bound of everything waiting, ms. Ten minutes at 24 kHz are 29 MB; no model speaks that long in one answer. */
  readonly maxQueuedMs?: number;
}

export interface Playback {
  /** To be called every 20 ms. `now` in ms on the clock. */
  tick(now: number): void;
  /**
   * Queues a chunk: 24 kHz mono, any length. A new generation ends those before it. A generation that was heard to its end
   * takes no more (counted); one that was flushed would: what may pass after a flush is decided by the stale gate.
   */
  append(generation: number, pcm: Int16Array): void;
  /** No more will come: the tail is padded, the prebuffer skipped, five silence frames and the end of speaking follow. */
  end(generation: number): void;
  /** Drops everything, at once; five silence frames follow. Back to full volume. */
  flush(): FlushReport;
  /** About 15 dB down, or back, over the next frame. */
  duck(): void;
  unduck(): void;
  /** Plays a short cue (24 kHz mono) before the next answer, never over one. */
  cue(pcm: Int16Array): void;
  /** How much of a recent generation has left, ms. */
  heardMs(generation: number): number;
  readonly state: PlayoutState;
  close(): void;
}

/** Discord's own silence frame: never encrypted end to end, so every client knows it. */
const SILENCE_FRAME = Uint8Array.of(0xf8, 0xff, 0xfe);

/** Cues waiting at once; more would say the same thing again. */
const MAX_CUES = 4;

/** Generations whose heard length is remembered: a room asks about the last one or two. */
const REMEMBERED = 16;

export function createPlayback(options: PlaybackOptions): Playback {
  return new QueuedPlayback(options);
}

class QueuedPlayback implements Playback {
  readonly #options: PlaybackOptions;
  readonly #queue: PlayoutQueue;
  readonly #maxQueued: number;
  readonly #gain = createGain();
  readonly #frame = new Int16Array(LIVE_OUTPUT_FRAME_SAMPLES);
  /** Samples heard of recent generations. */
  readonly #heard = new Map<number, number>();
  #state: PlayoutState = IDLE;
  #finishedThrough = Number.NEGATIVE_INFINITY;
  /** The generation whose overflow has been logged: once is enough. */
  #overflowing: number | null = null;
  #closed = false;

  constructor(options: PlaybackOptions) {
    const { prebufferMs = 60, maxQueuedMs = 600_000 } = options;
    this.#options = options;
    this.#queue = createPlayoutQueue({ prebuffer: samplesOf(prebufferMs) });
    this.#maxQueued = samplesOf(maxQueuedMs);
  }

  get state(): PlayoutState {
    return this.#state;
  }

  tick(now: number): void {
    if (this.#closed) return;
    this.#perform({ type: 'tick', supply: this.#queue.supply(), open: this.#options.sink.canSend() }, now);
  }

  append(generation: number, pcm: Int16Array): void {
    if (this.#closed || generation <= this.#finishedThrough) {
      this.#options.count('playback_late_chunks_total');
      return;
    }
    const room = Math.max(0, this.#maxQueued - this.#queue.length);
    this.#queue.open(generation).samples.push(pcm.subarray(0, room));
    if (pcm.length > room) this.#overflow(generation, pcm.length - room);
  }

  end(generation: number): void {
    if (this.#closed || generation <= this.#finishedThrough) return;
    this.#queue.open(generation).ended = true;
  }

  flush(): FlushReport {
    const dropped = this.#queue.clear().filter((item) => item.generation !== null);
    const [head] = dropped;
    const unheard = dropped.reduce((sum, item) => sum + item.samples.length, 0);
    this.#gain.reset();
    this.#perform({ type: 'flush' }, this.#options.clock.now());
    return {
      generation: head?.generation ?? null,
      heardMs: msOf(head?.sentSamples ?? 0),
      unheardMs: msOf(unheard),
    };
  }

  duck(): void {
    this.#gain.aim(DUCK_GAIN);
  }

  unduck(): void {
    this.#gain.aim(1);
  }

  cue(pcm: Int16Array): void {
    if (this.#closed || this.#queue.cues >= MAX_CUES) this.#options.count('playback_cues_dropped_total');
    else this.#queue.insertCue(pcm);
  }

  heardMs(generation: number): number {
    return msOf(this.#heard.get(generation) ?? 0);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.clear();
    if (isRunning(this.#state)) this.#options.sink.setSpeaking(false);
    this.#state = IDLE;
    this.#options.encoder.close();
  }

  #perform(event: PlayoutEvent, now: number): void {
    const { sink, count } = this.#options;
    const step = stepPlayout(this.#state, event);
    this.#state = step.state;
    if (step.underrun) count('playback_underruns_total');
    if (step.speaking) sink.setSpeaking(step.speaking === 'on');
    if (step.send === 'silence') sink.sendPacket(SILENCE_FRAME);
    if (step.send === 'voice' && this.#queue.head) this.#sendVoice(this.#queue.head, now);
    if (step.finish) this.#finishHead();
  }

  #sendVoice(item: PlayoutItem, now: number): void {
    const first = item.sentSamples === 0;
    item.sentSamples += item.samples.take(this.#frame);
    this.#gain.apply(this.#frame);
    this.#options.sink.sendPacket(this.#encode());
    if (item.generation === null) return;
    this.#remember(item.generation, item.sentSamples);
    if (first) this.#options.on.started(item.generation, now);
  }

  #encode(): Uint8Array {
    try {
      return this.#options.encoder.encode(this.#frame);
    } catch (error) {
      this.#options.count('playback_encode_failures_total');
      this.#options.log.error({ err: error }, 'a frame could not be encoded');
      return SILENCE_FRAME;
    }
  }

  #finishHead(): void {
    const item = this.#queue.shift();
    if (!item || item.generation === null) return;
    this.#finishedThrough = Math.max(this.#finishedThrough, item.generation);
    this.#options.on.finished(item.generation, msOf(item.sentSamples));
  }

  #overflow(generation: number, dropped: number): void {
    const { count, log, on } = this.#options;
    const droppedMs = msOf(dropped);
    count('playback_overflow_ms_total', Math.round(droppedMs));
    if (this.#overflowing !== generation) log.warn({ generation }, 'an answer is longer than the queue');
    this.#overflowing = generation;
    on.overflow(generation, droppedMs);
  }

  #remember(generation: number, samples: number): void {
    this.#heard.set(generation, samples);
    const [oldest] = this.#heard.keys();
    if (this.#heard.size > REMEMBERED && oldest !== undefined) this.#heard.delete(oldest);
  }
}

function isRunning({ status }: PlayoutState): boolean {
  return status !== 'idle' && status !== 'prebuffering';
}

function msOf(samples: number): number {
  return (samples * 1000) / LIVE_OUTPUT_RATE;
}

function samplesOf(ms: number): number {
  return Math.floor((ms * LIVE_OUTPUT_RATE) / 1000);
}
