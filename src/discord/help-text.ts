/**
 * The words of `/help`: what this is, and every command there is, out of their own definitions, so that none can be forgotten.
 */
import { type APIApplicationCommandOption, ApplicationCommandOptionType, type Locale } from 'discord.js';
import type { Translate } from '../i18n/translate.ts';
import type { Command } from './define-command.ts';
import type { MessageCommand } from './define-message-command.ts';

export interface CommandLists {
  readonly commands: readonly Command[];
  readonly messageCommands: readonly MessageCommand[];
}

/**
 * @param discordLocale of the member: names are as Discord shows them there
 * @param t the member's own words
 */
export function helpText({ commands, messageCommands }: CommandLists, discordLocale: Locale, t: Translate): string {
  const call = (name: string, subcommand?: string): string => {
    const body = commands.find((command) => command.name === name)?.body;
    const sub = body?.options?.find((option) => option.name === subcommand);
    const names = [body, sub].flatMap((it) => (it === undefined ? [] : [localName(it, discordLocale)]));
    return `/${names.join(' ')}`;
  };
  const intro = [
    t('help.what'),
    t('help.talk', { join: call('join'), ask: call('ask') }),
    t('help.privacy', { show: call('privacy', 'show'), optOut: call('privacy', 'opt-out') }),
  ];
  const menus = messageCommands.map(({ body }) => t('help.menu', { command: localName(body, discordLocale) }));
  return [...intro, '', ...commands.map((command) => commandLine(command, discordLocale)), ...menus].join('\n');
}

function commandLine({ body }: Command, locale: Locale): string {
  const subcommands = (body.options ?? []).filter(isSubcommand).map((option) => localName(option, locale));
  const names = [`/${localName(body, locale)}`, ...(subcommands.length > 0 ? [subcommands.join('|')] : [])];
  return `\`${names.join(' ')}\` ${body.description_localizations?.[locale] ?? body.description}`;
}

function isSubcommand({ type }: APIApplicationCommandOption): boolean {
  return type === ApplicationCommandOptionType.Subcommand;
}

function localName({ name, name_localizations: names }: Named, locale: Locale): string {
  return names?.[locale] ?? name;
}

type Named = Pick<Command['body'], 'name' | 'name_localizations'>;
