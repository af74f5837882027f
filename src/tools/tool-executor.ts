/**
 * Carries out what a room's model calls, in the control plane: each call comes to exactly one outcome, within its time, whatever
 * the handler does.
 *
 * Nothing that a model or a tool says changes what is allowed: that depends on what the guild has switched on and on who spoke,
 * both looked up when the call is carried out, and again when a member has confirmed it.
 */
import type { Clock } from '../types/clock.ts';
import type { Count, Log } from '../types/log.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { ToolOutcome, ToolRequest } from '../types/tools.ts';
import { CONFIRMATION_MS, type Tool, type ToolPermission } from './define-tool.ts';
import type { GuildActions } from './guild-actions.ts';
import type { Redact } from './redact.ts';
import * as refusal from './tool-refusal.ts';
import { isToolEnabled, type ToolRegistry } from './tool-registry.ts';
import { failureOf, resultOf } from './tool-result.ts';

/** Where a call comes from. */
export interface CallPlace {
  readonly guildId: string;
  readonly roomId: string;
  /** The room's channel, in which permissions may be other than in the rest of the server. */
  readonly channelId: string;
}

export interface ToolRights {
  /** Whether a member has a permission now. @throws anything when it cannot be found out */
  has(place: CallPlace, memberId: string, permission: ToolPermission): Promise<boolean>;
}

/** What members are asked to allow. */
export interface ConfirmationRequest {
  readonly place: CallPlace;
  readonly tool: Tool;
  readonly args: Readonly<Record<string, unknown>>;
  readonly actorIds: readonly string[];
  /** How long they have, ms. */
  readonly waitMs: number;
  /** Aborted when nobody needs the answer any more. */
  readonly signal: AbortSignal;
}

export interface Confirmations {
  /** `unposted`: there was no place to ask in. */
  ask(request: ConfirmationRequest): Promise<'allowed' | 'denied' | 'expired' | 'unposted'>;
}

export interface ToolExecutorOptions {
  readonly registry: Pick<ToolRegistry, 'get'>;
  /** What a guild has switched on and off, as it is now. */
  readonly switches: (guildId: string) => Promise<RoomSettings['tools']>;
  readonly rights: ToolRights;
  readonly confirmations: Confirmations;
  readonly actionsIn: (place: CallPlace) => GuildActions;
  readonly redact: Redact;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: Count;
}

export interface ToolExecutor {
  /**
   * Resolves with what the model is to be told; with null when the call was cancelled, or nothing is carried out any more, and
   * nobody waits for it. Never rejects.
   */
  execute(place: CallPlace, request: ToolRequest): Promise<ToolOutcome | null>;
  /** A call that is not, or no more, carried out is not minded. */
  cancel(roomId: string, callId: string): void;
  /** Cancels all that a room has called. */
  cancelAll(roomId: string): void;
  /** Cancels everything, and carries nothing out any more. */
  close(): void;
}

/** Calls that a room may have carried out at the same time; a model that wants more is going round in circles. */
const MOST_CALLS = 16;

type Kind = 'done' | 'cut' | 'refused' | 'failed' | 'late' | 'cancelled';

interface Ending {
  readonly kind: Kind;
  readonly outcome: ToolOutcome;
}

interface Call {
  readonly place: CallPlace;
  readonly request: ToolRequest;
  readonly controller: AbortController;
  /** Ends it from outside. */
  end(ending: Ending): void;
}

const refused = (error: string): Ending => ({ kind: 'refused', outcome: { error } });
const LATE: Ending = { kind: 'late', outcome: { error: refusal.TOO_LATE } };
const CANCELLED: Ending = { kind: 'cancelled', outcome: { error: refusal.CANCELLED } };

export function createToolExecutor(options: ToolExecutorOptions): ToolExecutor {
  const { registry, rights, confirmations, redact, clock, log, count } = options;
  const running = new Set<Call>();
  let isClosed = false;

  /** Why not, as far as it does not depend on the arguments; null: nothing is in the way. */
  const barrier = async (tool: Tool, { guildId }: CallPlace): Promise<string | null> => {
    if (!isToolEnabled(await options.switches(guildId), tool)) return refusal.SWITCHED_OFF;
    return tool.unavailable && refusal.troubleWords(tool.unavailable);
  };

  /** Everybody who spoke must have the permission: what nobody is known to have said is nobody's right. */
  const rightsMissing = async ({ audience }: Tool, { place, request }: Call): Promise<string | null> => {
    if (audience === 'everybody') return null;
    const { actorIds } = request;
    if (actorIds.length === 0) return refusal.lacksPermission(audience, false);
    const all = await Promise.all(actorIds.map((id) => rights.has(place, id, audience)));
    return all.every(Boolean) ? null : refusal.lacksPermission(audience, true);
  };

  const confirmed = async (tool: Tool, args: Args, { place, request, controller }: Call): Promise<string | null> => {
    if (request.actorIds.length === 0) return refusal.NOBODY_ASKED;
    const waitMs = Math.min(CONFIRMATION_MS, request.deadlineAt - clock.now());
    const asked = { place, tool, args, actorIds: request.actorIds, waitMs, signal: controller.signal };
    const answer = await confirmations.ask(asked);
    if (answer === 'unposted') return refusal.NOBODY_TO_ASK;
    return answer === 'allowed' ? null : refusal.NOT_ALLOWED;
  };

  const carryOut = async (call: Call): Promise<Ending> => {
    const { place, request, controller } = call;
    const tool = registry.get(request.name);
    if (tool === undefined) return refused(refusal.unknownTool(request.name));
    const barred = await barrier(tool, place);
    if (barred !== null) return refused(barred);
    const checked = tool.validate(request.args);
    if (!checked.ok) return refused(refusal.badArguments(checked.problem));
    const { value: args } = checked;
    const lacking = await rightsMissing(tool, call);
    if (lacking !== null) return refused(lacking);
    if (tool.needsConfirmation(args)) {
      const why =
        (await confirmed(tool, args, call)) ?? (await barrier(tool, place)) ?? (await rightsMissing(tool, call));
      if (why !== null) return refused(why);
    }
    if (controller.signal.aborted) return CANCELLED;
    return handle(tool, args, call);
  };

  const handle = async (tool: Tool, args: Args, { place, request, controller, end }: Call): Promise<Ending> => {
    const { signal } = controller;
    const timer = clock.after(tool.deadlineMs, () => end(LATE));
    signal.addEventListener('abort', () => timer.cancel(), { once: true });
    try {
      const context = { signal, guild: options.actionsIn(place), actorIds: request.actorIds };
      const { outcome, truncated } = resultOf(await tool.run(args, context), redact);
      if ('error' in outcome) return { kind: 'failed', outcome };
      return { kind: truncated ? 'cut' : 'done', outcome };
    } catch (error) {
      if (!signal.aborted) log.info({ err: error, tool: tool.name, guildId: place.guildId }, 'a tool failed');
      return { kind: 'failed', outcome: failureOf(error, redact) };
    }
  };

  const guarded = async (call: Call): Promise<Ending> => {
    try {
      return await carryOut(call);
    } catch (error) {
      log.error({ err: error, ...call.place }, 'a call could not be carried out');
      return refused(refusal.NOT_CHECKED);
    }
  };

  const tell = ({ place, request }: Call, { kind, outcome }: Ending, startedAt: number): void => {
    const { guildId, roomId } = place;
    const { name, callId, args } = request;
    // A name that no tool has may be anything that a model was talked into.
    const tool = registry.get(name)?.name ?? null;
    const durationMs = Math.round(clock.now() - startedAt);
    count(`tool_${kind}_total`);
    log.info({ tool, callId, guildId, roomId, kind, durationMs, pii: { args, outcome } }, 'a tool was called');
  };

  const cancelWhere = (which: (call: Call) => boolean): void => {
    for (const call of running) if (which(call)) call.end(CANCELLED);
  };

  return {
    async execute(place, request) {
      if (isClosed) return null;
      const ofRoom = [...running].filter((call) => call.place.roomId === place.roomId);
      if (ofRoom.length >= MOST_CALLS) {
        count('tool_refused_total');
        log.warn({ ...place }, 'a room calls more tools at the same time than it may');
        return { error: refusal.TOO_MANY_CALLS };
      }
      const startedAt = clock.now();
      const { promise: ended, resolve } = Promise.withResolvers<Ending>();
      const controller = new AbortController();
      const end = (ending: Ending): void => {
        resolve(ending);
        controller.abort();
      };
      const call = { place, request, controller, end };
      const timer = clock.after(request.deadlineAt - startedAt, () => end(LATE));
      running.add(call);
      const ending = await Promise.race([ended, guarded(call)]);
      timer.cancel();
      running.delete(call);
      // Whatever the handler started for itself ends with its call.
      controller.abort();
      tell(call, ending, startedAt);
      return ending === CANCELLED ? null : ending.outcome;
    },
    cancel: (roomId, callId) =>
      cancelWhere(({ place, request }) => place.roomId === roomId && request.callId === callId),
    cancelAll: (roomId) => cancelWhere(({ place }) => place.roomId === roomId),
    close() {
      isClosed = true;
      cancelWhere(() => true);
    },
  };
}

type Args = Readonly<Record<string, unknown>>;
