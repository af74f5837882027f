/**
 * Function calls on the wire: which have no response yet, and which responses may not have arrived.
 *
 * The model waits for blocking calls as a whole: all that are open, of whatever message, are answered in one message, and nothing
 * else is sent meanwhile, not even a result of the background (reference/live-api.md §2.4, §6).
 */
import type { ModelProfile } from '../catalogue/models.ts';
import type { ToolDeclaration, ToolScheduling } from '../types/tools.ts';
import { type CallManner, mannerOf } from './call-manner.ts';
import type { FunctionCall, FunctionResponse } from './live-session.ts';
import type { CallMessage } from './messages.ts';

/** A response as it goes out. */
export interface WireResponse extends Omit<FunctionResponse, 'quiet'> {
  readonly scheduling?: ToolScheduling;
}

/** One message of responses. */
export interface ResponseMessage {
  readonly responses: readonly WireResponse[];
  readonly blocking: boolean;
  /** The model will not speak of it. */
  readonly silent: boolean;
  /** Of the calls, one entry each. */
  readonly actorIds: readonly (readonly string[])[];
}

export interface OpenCalls {
  /** @param actorIds who asked for them */
  called(calls: readonly CallMessage[], actorIds: readonly string[]): readonly FunctionCall[];
  /** Takes responses; returns the messages that may go out by now. Responses to unknown calls are returned as `strays`. */
  answered(responses: readonly FunctionResponse[]): {
    readonly messages: readonly ResponseMessage[];
    readonly strays: number;
  };
  /** Something of that answer has come: whatever had to arrive for it has arrived. */
  heard(generation: number): void;
  /** These need no response any more; `answered` then returns what that lets go out. Returns the ids that were open. */
  cancel(ids: readonly string[]): readonly string[];
  /** The model was cut off: forgets the calls that it waited for. Returns their ids, with those whose responses may be lost. */
  interrupted(): readonly string[];
  /** Forgets everything. Returns the ids that were open, or whose responses may be lost. */
  clear(): readonly string[];
  readonly open: boolean;
  /** Functions of which a result is outstanding that the model does not wait for. */
  readonly background: readonly string[];
  /** Whether the model waits for a response. */
  readonly blocked: boolean;
}

export interface OpenCallsOptions {
  readonly profile: ModelProfile;
  /** What the model was told of a function; null: nothing. */
  declared(name: string): ToolDeclaration | null;
  /** The last answer of which anything has come by now. */
  latest(): number;
}

type OpenCall = FunctionCall & CallManner;

export function createOpenCalls({ profile, declared, latest }: OpenCallsOptions): OpenCalls {
  const open = new Map<string, OpenCall>();
  /** Waiting for the others that the model waits for. */
  let done: readonly Answered[] = [];
  /** Of the background, waiting until the model waits for nothing. */
  let ready: readonly Answered[] = [];
  /** Sent, and nothing has come yet that shows that it arrived. */
  const sent = new Map<string, { readonly blocking: boolean; readonly generation: number }>();

  const isBlocked = (): boolean => [...open.values()].some(({ blocking }) => blocking);

  const take = (response: FunctionResponse): boolean => {
    const call = open.get(response.id);
    if (call === undefined) return false;
    open.delete(response.id);
    if (call.blocking) done = [...done, { call, response }];
    else ready = [...ready, { call, response }];
    return true;
  };

  const settle = (): ResponseMessage[] => {
    if (isBlocked()) return [];
    const messages = [...(done.length > 0 ? [done] : []), ...ready.map((each) => [each])].map(messageOf);
    for (const { call } of [...done, ...ready]) {
      sent.set(call.id, { blocking: call.blocking, generation: latest() });
    }
    done = [];
    ready = [];
    return messages;
  };

  const forget = (blockingOnly: boolean): readonly string[] => {
    const goes = ({ blocking }: { readonly blocking: boolean }): boolean => blocking || !blockingOnly;
    const waiting = [...done, ...(blockingOnly ? [] : ready)].map(({ call }) => call.id);
    const known = [...open, ...sent].filter(([, each]) => goes(each)).map(([id]) => id);
    for (const id of known) {
      open.delete(id);
      sent.delete(id);
    }
    done = [];
    if (!blockingOnly) ready = [];
    return [...known, ...waiting];
  };

  return {
    called(calls, actorIds) {
      const opened = calls.map((call): OpenCall => {
        const known = declared(call.name);
        return { ...call, ...mannerOf(profile, known), declared: known, actorIds };
      });
      for (const call of opened) open.set(call.id, call);
      return opened;
    },
    answered(responses) {
      const strays = responses.filter((response) => !take(response)).length;
      return { messages: settle(), strays };
    },
    heard(generation) {
      for (const [id, response] of sent) {
        if (response.blocking || generation > response.generation) sent.delete(id);
      }
    },
    cancel(ids) {
      return ids.filter((id) => open.delete(id));
    },
    interrupted: () => forget(true),
    clear: () => forget(false),
    get open() {
      return open.size > 0;
    },
    get background() {
      return [...open.values()].flatMap(({ blocking, name }) => (blocking ? [] : [name]));
    },
    get blocked() {
      return isBlocked();
    },
  };
}

interface Answered {
  readonly call: OpenCall;
  readonly response: FunctionResponse;
}

function messageOf(answered: readonly Answered[]): ResponseMessage {
  const responses = answered.map(wireResponse);
  return {
    responses,
    blocking: answered.some(({ call }) => call.blocking),
    silent: responses.every(({ scheduling }) => scheduling === 'SILENT'),
    actorIds: answered.map(({ call }) => call.actorIds),
  };
}

function wireResponse({ call, response: { id, name, response, quiet } }: Answered): WireResponse {
  const { scheduling } = call;
  return { id, name, response, ...(scheduling !== null && { scheduling: quiet ? 'SILENT' : scheduling }) };
}
