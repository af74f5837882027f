/**
 * A bot's session on the gateway: what it gets, numbered, and kept so that a connection that was cut can be resumed without a gap
 * (Discord, "Gateway", Resuming).
 */
import { gets, Intent, type ReadableMessage, readable } from './intents.ts';

export interface Dispatch {
  readonly seq: number;
  readonly event: string;
  readonly data: object;
}

/** Where a session's events go while it is connected. */
export interface DispatchSink {
  dispatch(dispatch: Dispatch): void;
}

export interface GatewaySession {
  readonly id: string;
  readonly intents: number;
  readonly seq: number;
  /** Null while the connection is cut. */
  sink: DispatchSink | null;
  /** Gives an event to the bot if it asked for such events; keeps it either way of being connected or not. */
  dispatch(event: string, data: object): void;
  /** What came after `seq`; null when that is not known any more. */
  after(seq: number): readonly Dispatch[] | null;
}

/** Events kept for a resume; a cut of minutes on a busy server fits. */
const MOST_KEPT = 2_000;
const MESSAGE_EVENTS: ReadonlySet<string> = new Set(['MESSAGE_CREATE', 'MESSAGE_UPDATE']);

export function createGatewaySession(id: string, intents: number, botId: string): GatewaySession {
  const kept: Dispatch[] = [];
  const readsContent = (intents & Intent.messageContent) !== 0;
  let seq = 0;
  const session: GatewaySession = {
    id,
    intents,
    get seq() {
      return seq;
    },
    sink: null,
    dispatch(event, data) {
      if (!gets(event, data, intents, botId)) return;
      seq++;
      const visible = MESSAGE_EVENTS.has(event) ? readable(data as ReadableMessage, readsContent, botId) : data;
      const dispatch = { seq, event, data: visible };
      kept.push(dispatch);
      if (kept.length > MOST_KEPT) kept.shift();
      session.sink?.dispatch(dispatch);
    },
    after(from) {
      const first = kept[0]?.seq ?? seq + 1;
      return from + 1 < first ? null : kept.filter((dispatch) => dispatch.seq > from);
    },
  };
  return session;
}
