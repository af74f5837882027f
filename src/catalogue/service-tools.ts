/**
 * The tools that run at the Live service itself: a guild switches them on and off, a model has them or not, and no handler of
 * ours is ever called (reference/live-api.md §6).
 */
import type { RoomSettings } from '../types/settings.ts';
import type { ModelProfile } from './models.ts';

export type ServiceToolName = 'google_search' | 'code_execution';

export interface ServiceTool {
  /** As members type it and as it is kept in the settings. */
  readonly name: ServiceToolName;
  readonly onByDefault: boolean;
  /** Whether the model takes it in its setup; on one that does not it would close the socket. */
  isAvailable(profile: ModelProfile): boolean;
}

export const SERVICE_TOOLS: readonly ServiceTool[] = [
  { name: 'google_search', onByDefault: true, isAvailable: (profile) => profile.googleSearch },
  { name: 'code_execution', onByDefault: false, isAvailable: (profile) => profile.codeExecution },
];

export function serviceToolNamed(name: string): ServiceTool | null {
  return SERVICE_TOOLS.find((tool) => tool.name === name) ?? null;
}

/** Whether a guild wants it, whatever its model can do. @param tools `RoomSettings.tools` */
export function isEnabled(tools: RoomSettings['tools'], name: ServiceToolName): boolean {
  // The record comes from a database: a name that only its prototype knows is not a setting.
  const set = Object.hasOwn(tools, name) ? tools[name] : undefined;
  return set ?? serviceToolNamed(name)?.onByDefault ?? false;
}
