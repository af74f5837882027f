/**
 * Function calls that have no response yet. All calls of one message are answered in one message (reference/live-api.md §2.4).
 */
import type { FunctionCall, FunctionResponse } from './live-session.ts';

export interface OpenCalls {
  called(calls: readonly FunctionCall[]): void;
  /** Takes responses; returns the messages that are whole by now. Responses to unknown calls are returned as `strays`. */
  answered(responses: readonly FunctionResponse[]): {
    readonly messages: readonly (readonly FunctionResponse[])[];
    readonly strays: number;
  };
  /** Responses that end all open calls with an error. */
  fail(error: string): readonly FunctionResponse[];
  /** These need no response any more; `answered` then returns what that makes whole. Returns the ids that were open. */
  cancel(ids: readonly string[]): readonly string[];
  /** Forgets everything. Returns the ids that were open. */
  clear(): readonly string[];
  readonly open: boolean;
}

interface Batch {
  readonly calls: Map<string, string>;
  readonly responses: FunctionResponse[];
}

export function createOpenCalls(): OpenCalls {
  let batches: Batch[] = [];
  const openIds = (): string[] => batches.flatMap(({ calls }) => [...calls.keys()]);

  const take = (response: FunctionResponse): boolean => {
    const batch = batches.find(({ calls }) => calls.has(response.id));
    if (!batch) return false;
    batch.calls.delete(response.id);
    batch.responses.push(response);
    return true;
  };

  const settle = (): (readonly FunctionResponse[])[] => {
    const whole = batches.filter(({ calls }) => calls.size === 0);
    batches = batches.filter(({ calls }) => calls.size > 0);
    return whole.map(({ responses }) => responses).filter((responses) => responses.length > 0);
  };

  return {
    called(calls) {
      batches.push({ calls: new Map(calls.map(({ id, name }) => [id, name])), responses: [] });
    },
    answered(responses) {
      const strays = responses.filter((response) => !take(response)).length;
      return { messages: settle(), strays };
    },
    fail(error) {
      return batches.flatMap(({ calls }) => [...calls].map(([id, name]) => ({ id, name, response: { error } })));
    },
    cancel(ids) {
      const known = openIds().filter((id) => ids.includes(id));
      for (const { calls } of batches) for (const id of known) calls.delete(id);
      return known;
    },
    clear() {
      const known = openIds();
      batches = [];
      return known;
    },
    get open() {
      return batches.some(({ calls }) => calls.size > 0);
    },
  };
}
