/**
 * One question to the model, over a session of its own: its text goes out as one turn, and what the model says is collected. The
 * models of today answer in sound only, which nobody hears; the transcription of it is the answer.
 */
import type { ErrorCode } from '../errors.ts';
import { createLiveSession, type LiveSessionEvents } from '../live/session.ts';
import { createSocketTransport } from '../live/socket-transport.ts';
import type { Clock, Random } from '../types/clock.ts';
import { type Count, type Log, withFields } from '../types/log.ts';
import type { DialGate } from '../types/reach.ts';
import { DEFAULT_SETTINGS } from '../types/settings.ts';
import type { ErrandOutcome, ErrandRequest, RoomEvent } from './protocol.ts';

/** Sound comes a few times faster than it is spoken: this is enough for some minutes of it. */
const MOST_MS = 60_000;

/**
 * Nothing of it may be cut off: an hour of talk in words is some 15,000 tokens. The models take 128,000
 * (reference/live-api.md §4).
 */
const TUNING = { compression: { triggerTokens: 100_000, targetTokens: 50_000 } };

export interface ErrandTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly count: Count;
  emit(event: RoomEvent): void;
}

export interface Errand {
  /** Whether the service may be dialled from now on. */
  gate(gate: DialGate): void;
  /** Gives up. Resolves when the connection is gone. */
  end(): Promise<void>;
}

export function startErrand(
  { roomId, live, instruction, language, text }: ErrandRequest & { readonly roomId: string },
  tools: ErrandTools,
  onEnded: () => void,
): Errand {
  const { clock, emit } = tools;
  let said = '';
  let ending: Promise<void> | null = null;

  const finish = (outcome: ErrandOutcome): Promise<void> => {
    ending ??= session.close().then(() => {
      limit.cancel();
      emit({ type: 'errandDone', roomId, outcome });
      onEnded();
    });
    return ending;
  };
  const fail = (code: ErrorCode): Promise<void> => finish({ problem: { code, details: {} } });

  const on: LiveSessionEvents = {
    ...NOTHING,
    outputTranscript(_generation, fragment) {
      said += fragment;
    },
    turnComplete: () => void (said.trim() === '' ? fail('LIVE_UNREACHABLE') : finish({ text: said.trim() })),
    usage: (usage) => emit({ type: 'usage', roomId, usage }),
    reach: (report) => emit({ type: 'reach', roomId, report }),
    state(state) {
      if (state.status === 'closed' && state.problem !== null) void finish({ problem: state.problem });
    },
  };
  const session = createLiveSession({
    ...tools,
    log: withFields(tools.log, { roomId }),
    endpoint: live,
    settings: { ...DEFAULT_SETTINGS, language, tools: { google_search: false } },
    selfName: '',
    instruction: [instruction],
    tuning: TUNING,
    handle: null,
    seed: [],
    connect: createSocketTransport,
    on,
  });
  const limit = clock.after(MOST_MS, () => void fail('LIVE_CONNECT_TIMEOUT'));
  session.open();
  session.sendText(text);
  return { end: () => fail('SHUTTING_DOWN'), gate: session.gate.bind(session) };
}

const nothing = (): void => undefined;

/** What does not matter to an errand. */
const NOTHING: LiveSessionEvents = {
  state: nothing,
  audio: nothing,
  generationComplete: nothing,
  interrupted: nothing,
  turnComplete: nothing,
  inputTranscript: nothing,
  askedAgain: nothing,
  outputTranscript: nothing,
  grounding: nothing,
  code: nothing,
  toolCall: nothing,
  toolCallCancellation: nothing,
  usage: nothing,
  handle: nothing,
  problem: nothing,
  settingsApplied: nothing,
  settingsRefused: nothing,
  reach: nothing,
  connected: nothing,
  forgotten: nothing,
};
