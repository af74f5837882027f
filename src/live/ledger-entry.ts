/**
 * One turn of people in the ledger, and how many of them are kept.
 */
import { LIVE_INPUT_RATE } from '../audio/rates.ts';
import type { TranscriptTurn } from '../types/live.ts';
import type { Count } from '../types/log.ts';

export type LedgerItem =
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'audio'; readonly pcm: Int16Array };

export interface LedgerEntry {
  readonly kind: 'window' | 'text';
  /** Who speaks, or has written it; null: not everybody who does is known. */
  actorIds: readonly string[] | null;
  /** Changed by `addItem` and `bound` alone. */
  readonly items: LedgerItem[];
  /** A whole recording, 16 kHz mono, which is as good as sound in `items` and is not copied. */
  recording: Int16Array | null;
  /** Samples of it sent on this connection. */
  recorded: number;
  /** Jpegs to be seen with it, and how many of them were sent on this connection. */
  readonly images: Uint8Array[];
  shown: number;
  /** What was written before it. */
  context: readonly TranscriptTurn[];
  /** What a person wrote; empty of what was spoken. */
  typed: string;
  /** Audio in `items`, samples: summed up as it comes, or a long window would be added up at every frame. */
  samples: number;
  /** Complete on our side. */
  closed: boolean;
  /** Where it is on this connection: `asked` is sent whole, `cut` was asked and then spoken over. */
  wire: 'unsent' | 'out' | 'asked' | 'cut';
  /** Items sent on this connection. */
  sent: number;
  /** Connections it was sent on. */
  sends: number;
  /** What the model had missed is told at its start. */
  prefaced: boolean;
  /** The answer that is coming may be to this one: it began when this and one that was spoken over were both asked. */
  claimed: boolean;
}

/**
 * The most audio that is kept. A window ends after 60 s (the turn stage's cap); with the pre-roll and the pause it is a little
 * more.
 */
export const KEPT_MS = 62_000;
/** Turns kept; more than this unanswered is a service that is not there. */
export const MOST_ENTRIES = 64;

export function newEntry(
  kind: LedgerEntry['kind'],
  items: readonly LedgerItem[],
  actorIds: readonly string[] | undefined,
): LedgerEntry {
  const entry: LedgerEntry = {
    kind,
    actorIds: actorIds ?? null,
    items: [],
    recording: null,
    recorded: 0,
    images: [],
    shown: 0,
    context: [],
    typed: '',
    samples: 0,
    closed: kind === 'text',
    wire: 'unsent',
    sent: 0,
    sends: 0,
    prefaced: false,
    claimed: false,
  };
  for (const item of items) addItem(entry, item);
  return entry;
}

export function addItem(entry: LedgerEntry, item: LedgerItem): void {
  entry.items.push(item);
  entry.samples += samplesIn(item);
}

export function addActor(entry: LedgerEntry, actorId: string | undefined): void {
  entry.actorIds = actorId === undefined || entry.actorIds === null ? null : [...entry.actorIds, actorId];
}

export function isAudio(item: LedgerItem): boolean {
  return item.type === 'audio';
}

/** A window without a sound in it. */
export function isEmpty({ kind, items, recording }: LedgerEntry): boolean {
  return kind === 'window' && recording === null && !items.some(isAudio);
}

/** Nothing of it counts as sent any more. */
export function resetEntry(entry: LedgerEntry): void {
  entry.wire = 'unsent';
  entry.sent = 0;
  entry.recorded = 0;
  entry.shown = 0;
  entry.prefaced = false;
  entry.claimed = false;
}

/** Keeps within both bounds, the oldest goes first. */
export function bound(entries: readonly LedgerEntry[], count: Count): readonly LedgerEntry[] {
  let kept = entries;
  while (kept.length > MOST_ENTRIES && kept[0]?.closed && kept[0].wire !== 'out') {
    kept = kept.slice(1);
    count('live_turns_dropped_total');
  }
  let over = kept.reduce((sum, entry) => sum + entry.samples, 0) - (KEPT_MS * LIVE_INPUT_RATE) / 1000;
  while (over > 0) {
    const entry = kept.find((it) => it.items.some(isAudio));
    if (!entry) break;
    const dropped = dropOldestAudio(entry);
    over -= dropped;
    count('live_audio_dropped_ms_total', (dropped * 1000) / LIVE_INPUT_RATE);
    // Not a sound of it is left and none was sent: there is nothing to ask.
    if (!entry.closed || entry.wire !== 'unsent' || !isEmpty(entry)) continue;
    kept = kept.filter((it) => it !== entry);
    count('live_turns_dropped_total');
  }
  return kept;
}

/** What is out already is only lost to a second sending. Returns how much it was, in samples. */
function dropOldestAudio(entry: LedgerEntry): number {
  const at = entry.items.findIndex(isAudio);
  const [item] = entry.items.splice(at, 1);
  if (at < entry.sent) entry.sent--;
  const dropped = item === undefined ? 0 : samplesIn(item);
  entry.samples -= dropped;
  return dropped;
}

function samplesIn(item: LedgerItem): number {
  return item.type === 'audio' ? item.pcm.length : 0;
}
