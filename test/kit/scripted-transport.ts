/**
 * A Live service without a socket: the test says what the service does, and reads in order what the session has sent.
 */
import type { ConnectOptions, LiveConnector, TransportClose } from '../../src/live/transport.ts';

type Message = Readonly<Record<string, unknown>>;

/** What was sent is not what the script expects. */
export class UnexpectedMessage extends Error {
  override readonly name = 'UnexpectedMessage';

  constructor(expected: string, actual: Message | undefined) {
    super(`expected ${expected}, got ${actual === undefined ? 'nothing' : JSON.stringify(actual).slice(0, 300)}`);
  }
}

export interface ScriptedConnection {
  /** Everything sent, in order. */
  readonly sent: readonly Message[];
  /** What the session did to it: said goodbye, or cut it. */
  readonly end: 'open' | 'closed' | 'terminated';
  /** The socket is gone. */
  readonly over: boolean;
  opens(): void;
  /** So many bytes wait on the line, and what is sent from now on waits behind them; 0: all of it is written. */
  holds(bytes: number): void;
  /** A message of the service. */
  says(message: object): void;
  /** A frame as it is. */
  saysRaw(frame: string | Uint8Array): void;
  /** The connection ends from the other side, or the goodbye is answered. */
  ends(close?: Partial<TransportClose>): void;
  /** Opens and completes the setup; returns the setup. */
  becomesReady(): Message;
  /** The next message that was not read yet must have this kind (`setup`, `activityStart`, `audio` …); returns its content. */
  expect(kind: string): unknown;
  /** Everything that was not read yet, as kinds; audio that follows audio is one. */
  rest(): string[];
}

export interface ScriptedTransports {
  readonly connect: LiveConnector;
  readonly connections: readonly ScriptedConnection[];
  /** The newest; throws when none was dialled. */
  latest(): ScriptedConnection;
}

export function createScriptedTransports(): ScriptedTransports {
  const connections: ScriptedConnection[] = [];
  return {
    connections,
    connect(options) {
      const { connection, transport } = createConnection(options);
      connections.push(connection);
      return transport;
    },
    latest() {
      const connection = connections.at(-1);
      if (connection === undefined) throw new Error('the session has not dialled');
      return connection;
    },
  };
}

/** `setup`, `clientContent`, `toolResponse`, or what is in `realtimeInput`. */
export function kindOf(message: Message): string {
  const [top = 'nothing'] = Object.keys(message);
  const content = message[top];
  if (top !== 'realtimeInput' || typeof content !== 'object' || content === null) return top;
  return Object.keys(content).join('+');
}

function createConnection({ on }: ConnectOptions): {
  connection: ScriptedConnection;
  transport: ReturnType<LiveConnector>;
} {
  const sent: Message[] = [];
  let read = 0;
  let end: ScriptedConnection['end'] = 'open';
  let over = false;
  let queued = 0;
  const finish = (close: TransportClose): void => {
    if (over) return;
    over = true;
    on.closed(close);
  };
  const connection: ScriptedConnection = {
    sent,
    get end() {
      return end;
    },
    get over() {
      return over;
    },
    opens: () => on.open(),
    holds(bytes) {
      queued = bytes;
      if (bytes === 0) on.drained();
    },
    says: (message) => on.message(Buffer.from(JSON.stringify(message, null, 2))),
    saysRaw: (frame) => on.message(frame),
    ends: (close = {}) => finish({ code: 1006, reason: '', httpStatus: null, ...close }),
    becomesReady() {
      on.open();
      const setup = connection.expect('setup');
      connection.says({ setupComplete: {} });
      return setup as Message;
    },
    expect(kind) {
      const message = sent[read];
      if (message === undefined || kindOf(message) !== kind) throw new UnexpectedMessage(kind, message);
      read++;
      const content = Object.values(message)[0];
      return kindOf(message) in message ? content : Object.values(content as Message)[0];
    },
    rest() {
      const kinds = sent.slice(read).map(kindOf);
      read = sent.length;
      return kinds.filter((kind, index) => kind !== 'audio' || kinds[index - 1] !== 'audio');
    },
  };
  return {
    connection,
    transport: {
      send(frame) {
        if (queued > 0) queued += frame.length;
        if (end === 'open' && !over) sent.push(JSON.parse(frame));
      },
      get queued() {
        return queued;
      },
      close() {
        if (end === 'open') end = 'closed';
      },
      terminate() {
        end = 'terminated';
        finish({ code: 1006, reason: '', httpStatus: null });
      },
    },
  };
}
