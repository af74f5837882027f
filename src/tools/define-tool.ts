/**
 * A function that the model may call: what it is told of it, who may have it called, and what it does.
 *
 * A handler gets checked arguments, plain functions bound to one guild, the ids of those who spoke, and nothing else: no client,
 * no token, no environment.
 */
import { z } from 'zod';
import type { PermissionName } from '../discord/permissions.ts';
import type { ToolDeclaration, ToolScheduling } from '../types/tools.ts';
import { argumentShape, type ObjectShape } from './argument-shape.ts';
import { checkAgainst, zodFrom } from './check-arguments.ts';
import { toGeminiSchema } from './gemini-schema.ts';
import type { GuildActions } from './guild-actions.ts';
import type { JsonSchema } from './json-schema.ts';

/** Who may have it called: everybody in the room, or who has that permission. Whoever spoke in the turn must have it, all of them. */
export type ToolAudience = 'everybody' | ToolPermission;
export type ToolPermission = PermissionName;

/** Where a tool comes from. */
export type ToolSource = { readonly kind: 'builtin' } | { readonly kind: 'mcp'; readonly server: string };

/** Why a tool cannot be called just now. */
export type ToolTrouble =
  /** Its MCP server is not running; `retryInMs` until the next try, null when there is none. */
  | { readonly why: 'serverDown'; readonly server: string; readonly retryInMs: number | null }
  /** Its arguments are described in a way that they cannot be checked against. */
  | { readonly why: 'schema' };

export interface ToolContext {
  /** Aborted by cancellation, deadline, shutdown. */
  readonly signal: AbortSignal;
  readonly guild: GuildActions;
  /** Whose rights the call has; empty when it is not known who spoke. */
  readonly actorIds: readonly string[];
}

interface ToolTraits<Args> {
  /** As the model calls it and members switch it. */
  readonly name: string;
  /** For the model: what it does, "Call this when …". */
  readonly description: string;
  readonly audience: ToolAudience;
  /** Whether a member has to allow it by a press on a button first. */
  readonly confirm?: (args: Args) => boolean;
  /**
   * Whether the model waits for the result. It does by default, but for a tool that may have to be allowed: speech cancels what the model waits
   * for, and a member who says "yes, do it" would take the question away.
   */
  readonly blocking?: boolean;
  /** `WHEN_IDLE` by default. */
  readonly scheduling?: ToolScheduling;
  /** For the handler, ms; 10 s by default. What a confirmation takes is added. */
  readonly deadlineMs?: number;
  /**
   * Answers with plain JSON that says something: an empty result makes the model call again.
   *
   * @throws ToolFailure whose message the model reads; anything else is told as "failed"
   */
  run(args: Args, context: ToolContext): Promise<unknown>;
}

export interface ToolSpec<Shape extends z.ZodObject = z.ZodObject> extends ToolTraits<z.output<Shape>> {
  readonly args: Shape;
  readonly defaultOn: boolean;
}

/** One whose arguments are described by JSON Schema, as others write it. */
export interface ForeignToolSpec extends ToolTraits<Readonly<Record<string, unknown>>> {
  readonly source: Exclude<ToolSource, { readonly kind: 'builtin' }>;
  /** JSON Schema of an object, as it came. */
  readonly parameters: JsonSchema;
  /** Asked whenever it matters; null while it can be called. */
  unavailable?(): ToolTrouble | null;
}

/** Arguments of a call, checked; or what is wrong with them, in words for the model. */
export type CheckedArguments =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: string };

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly source: ToolSource;
  readonly audience: ToolAudience;
  readonly defaultOn: boolean;
  readonly declaration: ToolDeclaration;
  /** For the handler alone, ms. */
  readonly deadlineMs: number;
  /** Null while it can be called; may be another at any time. */
  readonly unavailable: ToolTrouble | null;
  validate(args: Readonly<Record<string, unknown>>): CheckedArguments;
  /** @param args as `validate` returned them */
  needsConfirmation(args: Readonly<Record<string, unknown>>): boolean;
  /** @param args as `validate` returned them */
  run(args: Readonly<Record<string, unknown>>, context: ToolContext): Promise<unknown>;
}

/** The reason why a tool could do nothing, in words for the model. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
}

/** DESIGN.md §6, Tools. Longer, and the people in the room think that it is broken. */
export const DEADLINE_MS = 10_000;
/** How long a member has for a press on a button (DESIGN.md §6, Tools). */
export const CONFIRMATION_MS = 30_000;

/** What the model and the settings take for a name, ours and others' alike: at most 64 characters. */
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** The mark of a tool of a server. */
const FOREIGN_MARK = '__';

/** @throws Error for a name that no tool of ours may have, or arguments that the model cannot be told of */
export function defineTool<Shape extends z.ZodObject>(spec: ToolSpec<Shape>): Tool {
  const { name, args, defaultOn } = spec;
  if (!NAME.test(name) || name.includes(FOREIGN_MARK) || name !== name.toLowerCase())
    throw new Error(`a tool cannot be called ${name}`);
  const shape = argumentShape({ ...z.toJSONSchema(args, { target: 'openapi-3.0', io: 'input' }) });
  return {
    ...traitsOf(spec, shape),
    source: { kind: 'builtin' },
    defaultOn,
    unavailable: null,
    validate: checkAgainst(args, shape),
    // What `validate` returned is what the schema's output says, which the type system cannot follow through the call.
    needsConfirmation: (checked) => spec.confirm?.(checked as z.output<Shape>) ?? false,
    run: async (checked, context) => spec.run(checked as z.output<Shape>, context),
  };
}

/**
 * Off until somebody switches it on. One whose arguments cannot be checked is never available.
 *
 * @throws Error for a name that a model does not take
 */
export function defineForeignTool(spec: ForeignToolSpec): Tool {
  const { name, source } = spec;
  if (!NAME.test(name)) throw new Error(`a tool cannot be called ${name}`);
  const shape = argumentShape(spec.parameters);
  const schema = zodFrom(spec.parameters);
  const check = schema && checkAgainst(schema, shape);
  return {
    ...traitsOf(spec, shape),
    source,
    defaultOn: false,
    get unavailable() {
      return check === null ? { why: 'schema' as const } : (spec.unavailable?.() ?? null);
    },
    validate: (given) => check?.(given) ?? { ok: false, problem: 'its arguments cannot be checked' },
    needsConfirmation: (checked) => spec.confirm?.(checked) ?? false,
    run: async (checked, context) => spec.run(checked, context),
  };
}

function traitsOf(spec: ToolTraits<never>, shape: ObjectShape) {
  const { name, description, audience, scheduling = 'WHEN_IDLE', deadlineMs = DEADLINE_MS } = spec;
  const blocking = spec.blocking ?? spec.confirm === undefined;
  const parameters = toGeminiSchema(shape);
  const declaration: ToolDeclaration = {
    name,
    description,
    ...(parameters !== null && { parameters }),
    blocking,
    scheduling,
    deadlineMs: deadlineMs + (spec.confirm ? CONFIRMATION_MS : 0),
  };
  return { name, description, audience, deadlineMs, declaration };
}
