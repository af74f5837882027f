/**
 * A REST route: method, path, and what it does.
 */
import type { Commands } from '../commands.ts';
import type { DiscordHappening, DiscordViolationRule } from '../discord-event.ts';
import type { Files } from '../files.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { Messages } from '../messages.ts';
import type { VoiceStates } from '../voice-states.ts';
import type { World } from '../world/world.ts';
import type { ApiResponse, FileResponse } from './api-response.ts';
import type { ApiRequest } from './request.ts';

/** What routes work with. */
export interface ApiDeps {
  readonly world: World;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly files: Files;
  readonly voiceStates: VoiceStates;
  readonly gatewayUrl: () => string;
  /** Sessions that the bot has begun on the gateway. */
  readonly identifies: () => number;
  readonly dispatch: (event: string, data: object) => void;
  readonly tell: (happening: DiscordHappening) => void;
  readonly violation: (rule: DiscordViolationRule, detail: string) => void;
}

export interface RouteRequest extends ApiRequest {
  /** The named parts of the path, in their order. */
  readonly params: readonly string[];
}

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Answered without the bot's token: the token is in the path. */
  readonly open?: boolean;
  handle(request: RouteRequest, deps: ApiDeps): ApiResponse | FileResponse;
}

/** `/channels/:id/messages` with every `:name` one part of the path. */
export function route(method: string, path: string, handle: Route['handle'], open = false): Route {
  const pattern = path.replace(/:[a-z]+/g, '([^/]+)');
  return { method, path: new RegExp(`^${pattern}$`), open, handle };
}
