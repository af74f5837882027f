/**
 * A room without an audio plane; `memory-rooms.ts` opens them.
 */
import { randomUUID } from 'node:crypto';
import { ParleyError, type Problem } from '../../src/errors.ts';
import type { EndReason, RoomEvent, RoomStatus } from '../../src/room/protocol.ts';
import { NO_VITALS, type RoomVitals } from '../../src/room/room-vitals.ts';
import type { OpenRequest, PastRoom, Room } from '../../src/room/rooms.ts';
import { systemClock } from '../../src/types/clock.ts';
import type { ResumptionHandle } from '../../src/types/live.ts';
import type { RoomSettings, RosterEntry } from '../../src/types/settings.ts';
import type { ToolOutcome } from '../../src/types/tools.ts';
import { createMemoryTyping, type MemoryTyping } from './memory-typing.ts';

export interface MemoryRoom extends Room {
  readonly request: OpenRequest;
  /** What is typed into it. */
  readonly typing: MemoryTyping;
  readonly rosters: readonly (readonly RosterEntry[])[];
  readonly said: readonly string[];
  /** What it was told came of its calls. */
  readonly toolResults: readonly { readonly callId: string; readonly outcome: ToolOutcome }[];
  /** What it was told to speak about once the floor is free. */
  readonly spokenUp: readonly string[];
  /** Whether the floor becomes free in time, from now on; at first it does. */
  floorFree(on: boolean): void;
  /** Times it was told to stop, and to forget. */
  readonly stops: number;
  readonly resets: number;
  /** What `stop` answers from now on; at first there is nothing to stop. */
  answering(on: boolean): void;
  setVitals(change: Partial<RoomVitals>): void;
  /** The Live service has issued a handle. */
  issue(handle: ResumptionHandle): void;
  /** The settings that it was given last. */
  readonly given: RoomSettings;
  /** What it was given comes into force, also while the rooms hang. */
  applySettings(): void;
  /** The Live service does not take what it was given. */
  refuseSettings(problem: Problem): void;
  /** It has lost touch with Discord or with the Live service. */
  loseTouch(what: 'link' | 'live'): void;
  /** The room hears and can talk. */
  becomeReady(): void;
  /** Anything else that a room may tell. */
  tells(event: RoomEvent): void;
  /** The room ends by itself. */
  end(reason: EndReason): void;
  move(channelId: string): void;
}

export interface MemoryRoomBehaviour {
  readonly kind: 'voice' | 'text';
  hangs(): boolean;
  refusesHandles(): boolean;
}

export function createMemoryRoom(
  past: PastRoom | null,
  request: OpenRequest,
  on: (event: RoomEvent) => void,
  { kind, hangs, refusesHandles }: MemoryRoomBehaviour,
): MemoryRoom {
  const id = past?.roomId ?? randomUUID();
  const typing = createMemoryTyping(id, on);
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<EndReason>();
  const rosters: (readonly RosterEntry[])[] = [request.roster];
  const said: string[] = [];
  const toolResults: { callId: string; outcome: ToolOutcome }[] = [];
  const spokenUp: string[] = [];
  let floorFree = true;
  let status: RoomStatus = { status: 'joining' };
  let channelId = request.channelId;
  let { revision: latest, settings: given } = request;
  let vitals: RoomVitals = { ...NO_VITALS, ...past?.vitals };
  let { handle } = request;
  let answering = false;
  let stops = 0;
  let resets = 0;
  const isEnded = (): boolean => status.status === 'ended';
  ready.promise.catch(() => undefined);

  /** A room of before a restart goes on from its handle, if that is taken. */
  const converse = (): void => {
    if (past === null) return;
    if (handle !== null && refusesHandles()) {
      handle = null;
      on({ type: 'handle', roomId: id, handle });
    }
    const startedAt = systemClock.now();
    if (handle === null) vitals = { ...vitals, conversationSince: startedAt };
    on({ type: 'session', roomId: id, startedAt, resumed: handle !== null });
  };

  const end = (reason: EndReason): void => {
    if (status.status === 'ended') return;
    typing.end();
    status = { status: 'ended', reason };
    const problem = 'problem' in reason ? reason.problem : { code: 'ROOM_NONE' as const, details: {} };
    ready.reject(new ParleyError(problem.code, { details: problem.details }));
    on({ type: 'state', roomId: id, state: status });
    ended.resolve(reason);
  };

  return {
    id,
    kind,
    request,
    typing,
    typed: typing.typed,
    dropTyped: typing.dropTyped,
    image: typing.image,
    guildId: request.guildId,
    get channelId() {
      return channelId;
    },
    get status() {
      return status;
    },
    ready: ready.promise,
    ended: ended.promise,
    rosters,
    said,
    toolResults,
    spokenUp,
    floorFree(on) {
      floorFree = on;
    },
    speakUp(note) {
      if (isEnded()) return Promise.resolve(false);
      if (floorFree) spokenUp.push(note);
      return hangs() ? ended.promise.then(() => false) : Promise.resolve(floorFree);
    },
    get stops() {
      return stops;
    },
    get resets() {
      return resets;
    },
    get vitals() {
      return vitals;
    },
    get handle() {
      return handle;
    },
    issue(issued) {
      handle = issued;
      vitals = { ...vitals, conversationSince: vitals.conversationSince ?? issued.issuedAt };
      on({ type: 'handle', roomId: id, handle });
    },
    answering(on) {
      answering = on;
    },
    setVitals(change) {
      vitals = { ...vitals, ...change };
    },
    roster: (roster) => void rosters.push(roster),
    get given() {
      return given;
    },
    applySettings: () => on({ type: 'settingsApplied', roomId: id, revision: latest }),
    refuseSettings(problem) {
      on({ type: 'settingsRefused', roomId: id, revision: latest, problem });
    },
    loseTouch(what) {
      if (isEnded()) return;
      status = { status: 'recovering', what };
      on({ type: 'state', roomId: id, state: status });
    },
    settings(settings: RoomSettings, revision: number) {
      if (revision <= latest) return;
      latest = revision;
      given = settings;
      if (!hangs()) on({ type: 'settingsApplied', roomId: id, revision });
    },
    stop() {
      stops++;
      const had = answering && !isEnded();
      answering = false;
      return hangs() ? ended.promise.then(() => false) : Promise.resolve(had);
    },
    reset() {
      resets++;
      if (isEnded()) return Promise.resolve(false);
      handle = null;
      if (hangs()) return ended.promise.then(() => false);
      on({ type: 'forgotten', roomId: id });
      return Promise.resolve(true);
    },
    say: (text) => void said.push(text),
    toolResult: (callId, outcome) => void toolResults.push({ callId, outcome }),
    close: async (reason) => end(reason),
    becomeReady() {
      if (status.status !== 'joining' && status.status !== 'recovering') return;
      converse();
      status = { status: 'ready', channelId, encrypted: true };
      ready.resolve();
      on({ type: 'state', roomId: id, state: status });
    },
    end,
    tells: on,
    move(to) {
      channelId = to;
      on({ type: 'moved', roomId: id, channelId });
    },
  };
}
