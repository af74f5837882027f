/**
 * The bot's packets on their way to the simulated members: held back while keys change, decrypted by each member with
 * its own keys, decoded once for all (the plaintext is the same).
 */
import type { OpusDecoderHandle } from 'libopus-wasm';
import type { Arrival } from './bot-media.ts';
import type { KeyHolder, Listened } from './dave/key-holder.ts';
import type { HeardRecorder } from './heard-track.ts';
import { FRAME_MS, hasDaveMarker, opusDurationMs } from './opus-packets.ts';
import type { ViolationRule } from './voice-event.ts';

/** Packets held back during a transition: four seconds, twice as long as one may take. */
const MOST_HELD = 200;

export interface Listener {
  /** Null where the call has no end-to-end encryption. */
  readonly holder: KeyHolder | null;
  readonly recorder: HeardRecorder;
}

export interface DeliveryOptions {
  readonly listeners: () => readonly Listener[];
  /** The call is end-to-end encrypted now (not a stage, not downgraded). */
  readonly encrypted: () => boolean;
  /** The bot and this listener have each other's keys, and no transition is under way. */
  readonly established: (listener: Listener) => boolean;
  readonly changing: () => boolean;
  readonly violation: (rule: ViolationRule, detail: string, at: number) => void;
}

export interface Delivery {
  arrival(arrival: Arrival, senderId: string, decoder: OpusDecoderHandle): void;
  /** The transition is over. */
  release(): void;
}

interface Parcel {
  readonly arrival: Arrival;
  readonly senderId: string;
  readonly decoder: OpusDecoderHandle;
  /** Came during a transition: whatever keys it has are no fault. */
  readonly held: boolean;
  /** Who had keys when it came. */
  readonly keyed: readonly Listener[];
}

function decodeOnce({ arrival, decoder }: Parcel, violation: DeliveryOptions['violation']) {
  let pcm: Int16Array | null | undefined;
  return (opus: Buffer): Int16Array | null => {
    if (pcm !== undefined) return pcm;
    const duration = opusDurationMs(opus);
    if (duration !== FRAME_MS) violation('undecodable', `an Opus packet of ${duration} ms`, arrival.at);
    try {
      pcm = decoder.decode(opus);
    } catch (error) {
      violation('undecodable', String(error), arrival.at);
      pcm = null;
    }
    return pcm;
  };
}

/** Without encryption a payload is Opus, unless it still has the marker of an encrypted frame. */
function listenInTheClear(payload: Buffer): Listened {
  if (hasDaveMarker(payload)) return { encrypted: 'undecryptable', opus: null };
  return { encrypted: 'clear', opus: payload };
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { listeners, encrypted, established, changing, violation } = options;
  let held: Parcel[] = [];

  const listen = ({ holder }: Listener, { arrival, senderId }: Parcel): Listened => {
    if (holder && (encrypted() || (holder.ready && hasDaveMarker(arrival.payload))))
      return holder.decrypt(senderId, arrival.payload);
    return listenInTheClear(arrival.payload);
  };
  /** What is wrong with the packet as this listener finds it. */
  const fault = (
    listener: Listener,
    { arrival, held: late }: Parcel,
    { encrypted: how }: Listened,
  ): ViolationRule | null => {
    if (late || arrival.silence || how === 'dave' || !encrypted() || !established(listener)) return null;
    return how === 'clear' ? 'in-the-clear' : 'undecryptable';
  };
  const deliver = (parcel: Parcel): void => {
    const { at, sequence, timestamp, ssrc, silence } = parcel.arrival;
    const decode = decodeOnce(parcel, violation);
    // A set: one fault is one violation, however many members suffer from it.
    const faults = new Set<ViolationRule>();
    for (const listener of listeners()) {
      const listened = listen(listener, parcel);
      // Encrypted before this member had keys: on Discord it would not have been in the call's media yet either.
      if (listened.encrypted === 'undecryptable' && listener.holder && !parcel.keyed.includes(listener)) continue;
      const found = fault(listener, parcel, listened);
      if (found) faults.add(found);
      const pcm = listened.opus ? decode(listened.opus) : null;
      listener.recorder.packet({ at, sequence, timestamp, ssrc, silence, encrypted: listened.encrypted, pcm });
    }
    for (const rule of faults) violation(rule, `packet ${sequence} is ${rule}`, at);
  };

  return {
    arrival(arrival, senderId, decoder) {
      const keyed = listeners().filter((listener) => listener.holder?.ready);
      const parcel = { arrival, senderId, decoder, held: changing(), keyed };
      if (!parcel.held) return deliver(parcel);
      held.push(parcel);
      if (held.length > MOST_HELD) held.shift();
    },
    release() {
      const waiting = held;
      held = [];
      for (const parcel of waiting) deliver(parcel);
    },
  };
}
