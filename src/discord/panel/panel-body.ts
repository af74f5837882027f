/**
 * What a panel looks like: one container of Discord's Components V2, from what is to be shown. Pure.
 */
import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APISelectMenuOption,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { LIVE_VOICES } from '../../catalogue/voices.ts';
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import type { RosterEntry } from '../../types/settings.ts';
import { heardLines } from './heard-lines.ts';
import { type PanelAction, panelId } from './panel-ids.ts';
import type { PanelState } from './panel-state.ts';
import { voiceOptions } from './voice-options.ts';

export type PanelBody = APIContainerComponent;

export interface PanelView {
  /** Of the words; those of the server. */
  readonly locale: Locale;
  readonly guildId: string;
  readonly channelId: string;
  readonly state: PanelState;
  /** Everybody in the channel but the bot itself. */
  readonly roster: readonly RosterEntry[];
  /** In force in the room. */
  readonly voice: string;
}

/** Discord's own green, yellow, red and grey. */
const COLOURS: Readonly<Record<PanelState | 'over', number>> = {
  listening: 0x57_f2_87,
  recovering: 0xfe_e7_5c,
  inAudience: 0xfe_e7_5c,
  muted: 0xed_42_45,
  deafened: 0xed_42_45,
  over: 0x4e_50_58,
};

/** The panel of a room that is open. */
export function openPanel({ locale, guildId, channelId, state, roster, voice }: PanelView): PanelBody {
  const t = translator(locale);
  const title = t(`panel.${state}`, { channel: `<#${channelId}>` });
  // Deafened it hears nobody: a list of those who are heard would be untrue.
  const top = state === 'deafened' ? title : `${title}\n${heardLines(t, roster)}`;
  return {
    type: ComponentType.Container,
    accent_color: COLOURS[state],
    components: [
      text(top),
      { type: ComponentType.Separator },
      text(t('panel.consent')),
      text(t('panel.voices', { count: LIVE_VOICES.length })),
      ...controls(t, guildId, voiceOptions(t, voice), false),
    ],
  };
}

/** The panel of a room that is over, or was when the process was killed: it takes no more than the language. */
export function closedPanel(locale: Locale, guildId: string): PanelBody {
  return switchedOff(locale, guildId, (t) => t('panel.over'));
}

/** The panel of a room that has gone on to another channel. */
export function movedPanel(locale: Locale, guildId: string, channelId: string): PanelBody {
  return switchedOff(locale, guildId, (t) => t('panel.moved', { channel: `<#${channelId}>` }));
}

function switchedOff(locale: Locale, guildId: string, words: (t: Translate) => string): PanelBody {
  const t = translator(locale);
  return {
    type: ComponentType.Container,
    accent_color: COLOURS.over,
    components: [text(words(t)), ...controls(t, guildId, voiceOptions(t, null), true)],
  };
}

function controls(
  t: Translate,
  guildId: string,
  options: APISelectMenuOption[],
  disabled: boolean,
): APIComponentInContainer[] {
  const button = (action: PanelAction, label: string, style: ButtonStyle): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    custom_id: panelId(action, guildId),
    label,
    style: style as APIButtonComponentWithCustomId['style'],
    disabled,
  });
  const voices = { custom_id: panelId('voice', guildId), placeholder: t('panel.voice'), options, disabled };
  return [
    { type: ComponentType.ActionRow, components: [{ type: ComponentType.StringSelect, ...voices }] },
    {
      type: ComponentType.ActionRow,
      components: [
        button('stop', t('panel.stop'), ButtonStyle.Secondary),
        button('leave', t('panel.leave'), ButtonStyle.Danger),
      ],
    },
  ];
}

function text(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}
