/**
 * Functions that the model may call, as both planes speak of them (DESIGN.md §6, Tools).
 */

/** How a result that nobody waited for comes into the conversation (reference/live-api.md §2.4). */
export type ToolScheduling = 'INTERRUPT' | 'WHEN_IDLE' | 'SILENT';

/** A function as a room declares it to the model. */
export interface ToolDeclaration {
  readonly name: string;
  readonly description: string;
  /** The arguments in Google's Schema; absent where there are none. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Whether the model is to wait for the result; heeded where it knows both ways. */
  readonly blocking: boolean;
  /** For a result that nobody waits for, where the model has it. */
  readonly scheduling: ToolScheduling;
  /** From the call to its response at the latest, ms, a confirmation included. */
  readonly deadlineMs: number;
}

/** What came of a call: plain JSON, or why there is nothing, in words for the model. */
export type ToolOutcome = { readonly output: unknown } | { readonly error: string };

/** A call as the control plane gets it to execute. */
export interface ToolRequest {
  readonly callId: string;
  readonly name: string;
  /** As the model gave them; not validated. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Whose rights count: everybody who spoke in the window, the author of a typed turn. Nobody: no rights at all. */
  readonly actorIds: readonly string[];
  /** When the room answers by itself, ms on the clock. */
  readonly deadlineAt: number;
}

/** A page that an answer rests on. */
export interface WebSource {
  /** http(s); as a rule a long redirect of Google's, not the page's own address. */
  readonly uri: string;
  /** As a rule the name of the site; may be empty. */
  readonly title: string;
}

/** Code that the model wrote and the service ran. */
export interface CodeRun {
  /** In lower case, e.g. `python`. */
  readonly language: string;
  readonly code: string;
  /** Null: the service never said. */
  readonly outcome: 'ok' | 'failed' | 'timedOut' | null;
  /** What it printed, or the error. */
  readonly output: string;
}
