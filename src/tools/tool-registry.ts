/**
 * Every function there is, by its name: our own, and those of the servers that come and go.
 */
import { serviceToolNamed } from '../catalogue/service-tools.ts';
import type { Log } from '../types/log.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { ToolDeclaration } from '../types/tools.ts';
import type { Tool } from './define-tool.ts';

/** Where tools of others come from. */
export interface ToolProvider {
  tools(): readonly Tool[];
  /** Calls whenever `tools` may say something else; returns what ends that. */
  onChange(listener: () => void): () => void;
}

export interface ToolRegistry {
  /** Our own first, then those of servers, in the order in which they came. */
  all(): readonly Tool[];
  get(name: string): Tool | undefined;
  /**
   * What a room tells its model: everything that is switched on. What cannot be called just now is among it, since every change
   * costs each room a new connection; whoever calls it is told.
   *
   * @param tools `RoomSettings.tools`
   */
  declarations(tools: RoomSettings['tools']): readonly ToolDeclaration[];
  /** Calls when what `declarations` says may have changed; returns what ends that. */
  onChange(listener: () => void): () => void;
  close(): void;
}

/** Google takes no more in one setup (reference/live-api.md §6), and a model is at its best with far fewer. */
const MOST_DECLARATIONS = 512;

/** Whether a guild wants it. @param tools `RoomSettings.tools` */
export function isToolEnabled(tools: RoomSettings['tools'], { name, defaultOn }: Tool): boolean {
  // The record comes from a database: a name that only its prototype knows is not a setting.
  return (Object.hasOwn(tools, name) ? tools[name] : undefined) ?? defaultOn;
}

/**
 * @param own with names that are their own
 * @throws Error for two tools of ours by one name, or by that of a tool of the service
 */
export function createToolRegistry(
  own: readonly Tool[],
  providers: readonly ToolProvider[],
  log: Pick<Log, 'warn'>,
): ToolRegistry {
  const { refused: twice } = indexed(own);
  if (twice.length > 0) throw new Error(`there are several tools called ${twice.join(', ')}`);
  const listeners = new Set<() => void>();
  let byName: ReadonlyMap<string, Tool> = new Map();
  let declared = '';
  let complained = '';

  const refresh = (): void => {
    const { found, refused } = indexed([...own, ...providers.flatMap((provider) => provider.tools())]);
    byName = found;
    const complaint = refused.join(', ');
    if (complaint !== '' && complaint !== complained)
      log.warn({ tools: refused }, 'tools of servers are left out: their names are taken');
    complained = complaint;
  };

  /** Being away for a while changes nothing of what a model is told. */
  const changed = (): void => {
    refresh();
    const now = JSON.stringify([...byName.values()].filter(isSayable).map(({ declaration }) => declaration));
    if (now === declared) return;
    declared = now;
    for (const listener of listeners) listener();
  };

  changed();
  const stops = providers.map((provider) => provider.onChange(changed));
  return {
    all: () => [...byName.values()],
    get: (name) => byName.get(name),
    declarations(tools) {
      const wanted = [...byName.values()].filter((tool) => isToolEnabled(tools, tool) && isSayable(tool));
      if (wanted.length > MOST_DECLARATIONS)
        log.warn({ tools: wanted.length, most: MOST_DECLARATIONS }, 'more tools are switched on than a model takes');
      return wanted.slice(0, MOST_DECLARATIONS).map(({ declaration }) => declaration);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}

/** One whose arguments cannot be checked will never run. */
function isSayable({ unavailable }: Tool): boolean {
  return unavailable?.why !== 'schema';
}

/** The first of each name; names of the service's own tools are nobody else's. */
function indexed(tools: readonly Tool[]): {
  readonly found: ReadonlyMap<string, Tool>;
  readonly refused: readonly string[];
} {
  const found = new Map<string, Tool>();
  const refused: string[] = [];
  for (const tool of tools) {
    if (found.has(tool.name) || serviceToolNamed(tool.name) !== null) refused.push(tool.name);
    else found.set(tool.name, tool);
  }
  return { found, refused };
}
