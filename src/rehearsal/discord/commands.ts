/**
 * The application's commands as Discord keeps them: everywhere, and for single servers.
 */
import type { DiscordHappening, DiscordViolationRule } from './discord-event.ts';
import { keptCommand, saysTheSame } from './kept-command.ts';
import type { World } from './world/world.ts';

/** What was written, checked: only what is used of it is named. */
export interface CommandBody {
  readonly type?: number;
  readonly name: string;
  readonly description?: string;
  readonly options?: readonly CommandOption[];
  readonly default_member_permissions?: string | null;
  readonly contexts?: readonly number[] | null;
  readonly [field: string]: unknown;
}

export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly options?: readonly CommandOption[];
  readonly channel_types?: readonly number[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export interface RegisteredCommand extends CommandBody {
  readonly id: string;
}

export interface Commands {
  /** Replaces the whole list; a command that stays keeps its id. */
  write(guildId: string | null, bodies: readonly CommandBody[]): readonly RegisteredCommand[];
  list(guildId: string | null): readonly RegisteredCommand[];
  /** What members of a server see: its own commands hide those of everywhere with the same name. */
  find(guildId: string, name: string, type: number): RegisteredCommand | undefined;
  /** Lists that were written so far. */
  readonly writes: number;
}

export const CHAT_INPUT = 1;

export interface CommandsOptions {
  readonly world: World;
  readonly tell: (happening: DiscordHappening) => void;
  readonly violation: (rule: DiscordViolationRule, detail: string) => void;
}

export function createCommands({ world, tell, violation }: CommandsOptions): Commands {
  const lists = new Map<string | null, readonly RegisteredCommand[]>();
  let writes = 0;
  const list = (guildId: string | null): readonly RegisteredCommand[] => lists.get(guildId) ?? [];

  const register = (guildId: string | null, body: CommandBody): RegisteredCommand => {
    const kept = keptCommand(body, world.applicationId, guildId);
    const known = list(guildId).find(({ name, type }) => name === kept.name && type === kept.type);
    return { ...kept, id: known?.id ?? world.nextId(), version: world.nextId() };
  };

  return {
    write(guildId, bodies) {
      const next = bodies.map((body) => register(guildId, body));
      if (next.length > 0 && saysTheSame(next.map(withoutIds), list(guildId).map(withoutIds))) {
        violation('commands-rewritten', `${next.length} commands were written, and nothing in them differs`);
      }
      lists.set(guildId, next);
      writes++;
      tell({ type: 'commandsWritten', guildId, names: next.map(({ name }) => name) });
      return next;
    },
    list,
    find(guildId, name, type) {
      const fits = (command: RegisteredCommand): boolean => command.name === name && command.type === type;
      return list(guildId).find(fits) ?? list(null).find(fits);
    },
    get writes() {
      return writes;
    },
  };
}

function withoutIds({ id: _id, version: _version, ...rest }: RegisteredCommand & { version?: unknown }) {
  return rest;
}
