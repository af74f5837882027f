/**
 * The custom ids of a panel's controls. Stateless: one of before a restart means the same.
 */
export const PANEL_NAMESPACE = 'panel';

export type PanelAction = 'stop' | 'leave' | 'voice';

/** `panel:ACTION:GUILD`, well below the 100 characters that Discord takes. */
export function panelId(action: PanelAction, guildId: string): string {
  return `${PANEL_NAMESPACE}:${action}:${guildId}`;
}
