/**
 * What tests and the rehearsal can make the loopback Live do while it runs.
 */
import type { Answer } from './answer.ts';
import type { Connection } from './connection.ts';
import type { LiveScript, Stall } from './live-script.ts';
import type { Rejection } from './rejection.ts';
import type { ServerMessage } from './server-message.ts';

/** What no client should stumble over: not JSON, nothing, or things of another version. */
type Garbage = 'invalid-json' | 'empty' | 'unknown-field' | 'array' | 'bad-audio';

/** Where nothing is said, every open socket is meant; a number means the one with it. */
export interface LoopbackLiveControl {
  close(code: number, reason: string, connection?: number): void;
  /** Cuts the line without a close frame: the client sees 1006. */
  terminate(connection?: number): void;
  goAway(timeLeftMs: number, connection?: number): void;
  sendGarbage(kind: Garbage, connection?: number): void;
  /** Any message, right or wrong, for instance an `interrupted` with nothing running. */
  send(message: ServerMessage, connection?: number): void;
  sendRaw(frame: string, connection?: number): void;
  refuseHandles(on: boolean): void;
  /** Issues no handles from now on; those that were issued stay good. */
  withholdHandles(on: boolean): void;
  /** Sockets are refused in the handshake with this HTTP status; null takes them again. */
  refuseSockets(status: number | null): void;
  /** The next setup closes with this. */
  rejectNextSetup(rejection: Rejection): void;
  /** Holds `setupComplete` back from now on; with false, those held back are sent. */
  holdSetup(on: boolean): void;
  /** What the next turns answer, one each. */
  nextAnswers(...answers: readonly Answer[]): void;
  /** The next turns get no message at all. */
  stayDeaf(turns?: number): void;
  /** The next turn's first audio comes so much later. */
  delayNext(ms: number): void;
  /** The next spoken answer stands still in the middle. */
  stallNext(stall: Stall): void;
  interruptedDelay(ms: number): void;
  /** Whether `toolCallCancellation` is sent; null: as the model does. */
  announceCancellation(on: boolean | null): void;
}

const GARBAGE: Readonly<Record<Garbage, string>> = {
  'invalid-json': '{"serverContent":',
  empty: '{}',
  'unknown-field': '{"weather":{"sunny":true},"serverContent":{"mood":"fine"}}',
  array: '[1,2,3]',
  'bad-audio':
    '{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":"%%%"}}]}}}',
};

export function createLiveControl(script: LiveScript, connections: () => readonly Connection[]): LoopbackLiveControl {
  function each(number: number | undefined, act: (connection: Connection) => void): void {
    for (const connection of connections()) if (number === undefined || connection.number === number) act(connection);
  }
  return {
    close: (code, reason, number) => each(number, (connection) => connection.close(code, reason)),
    terminate: (number) => each(number, (connection) => connection.terminate()),
    goAway: (timeLeftMs, number) => each(number, (connection) => connection.goAway(timeLeftMs)),
    sendGarbage: (kind, number) => each(number, (connection) => connection.sendRaw(GARBAGE[kind])),
    send: (message, number) => each(number, (connection) => connection.send(message)),
    sendRaw: (frame, number) => each(number, (connection) => connection.sendRaw(frame)),
    refuseHandles: (on) => {
      script.refuseHandles = on;
    },
    withholdHandles: (on) => {
      script.withholdHandles = on;
    },
    refuseSockets: (status) => {
      script.refuseSockets = status;
    },
    rejectNextSetup: (rejection) => void script.setupRejections.push(rejection),
    holdSetup(on) {
      script.holdSetup = on;
      if (!on) each(undefined, (connection) => connection.releaseSetup());
    },
    nextAnswers: (...answers) => void script.answers.push(...answers),
    stayDeaf(turns = 1) {
      for (let turn = 0; turn < turns; turn++) script.answers.push({ kind: 'deaf' });
    },
    delayNext: (ms) => void script.delays.push(ms),
    stallNext: (stall) => void script.stalls.push(stall),
    interruptedDelay: (ms) => {
      script.interruptedDelayMs = ms;
    },
    announceCancellation: (on) => {
      script.announceCancellation = on;
    },
  };
}
