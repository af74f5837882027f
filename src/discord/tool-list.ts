/**
 * Everything that the bot may use in a conversation, whatever it comes from, as `/tools` lists it.
 */
import { AttachmentBuilder } from 'discord.js';
import { profileOf } from '../catalogue/models.ts';
import { isEnabled, SERVICE_TOOLS, type ServiceTool } from '../catalogue/service-tools.ts';
import { en } from '../i18n/en.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { MESSAGE_LENGTH, type Translate } from '../i18n/translate.ts';
import type { Tool, ToolTrouble } from '../tools/define-tool.ts';
import { isToolEnabled } from '../tools/tool-registry.ts';
import type { RoomSettings } from '../types/settings.ts';
import type { Aside } from './change-setting.ts';
import type { Suggestion } from './define-command.ts';
import { permissionWords } from './permissions.ts';
import { quote } from './quote.ts';
import { closest, fold, search } from './search.ts';

export interface ToolInfo {
  /** As members type it and as it is kept in the settings. */
  readonly name: string;
  readonly enabled: boolean;
  /** Why it cannot be used, a sentence, and whether that may pass by itself; null when it can. */
  readonly unavailable: { readonly why: string; readonly passes: boolean } | null;
  /** What it does, a sentence. */
  readonly does: string;
  /** Whose it is, a heading. */
  readonly source: string;
  /** Who can have it used by asking for it, a sentence; null for everybody. */
  readonly audience: string | null;
}

/**
 * @param switches `RoomSettings.tools`
 * @param model id of the Live model
 * @param functions all that there are
 */
export function listTools(
  t: Translate,
  switches: RoomSettings['tools'],
  model: string,
  functions: readonly Tool[],
): readonly ToolInfo[] {
  const { profile } = profileOf(model);
  const why = t('tools.why.model', { model: `\`${profile.id}\`` });
  const ofService = (tool: ServiceTool): ToolInfo => ({
    name: tool.name,
    enabled: isEnabled(switches, tool.name),
    unavailable: tool.isAvailable(profile) ? null : { why, passes: false },
    does: t(`tools.does.${tool.name}`),
    source: t('tools.source.google'),
    audience: null,
  });
  return [...SERVICE_TOOLS.map(ofService), ...functions.map((tool) => functionInfo(t, switches, tool))];
}

function functionInfo(t: Translate, switches: RoomSettings['tools'], tool: Tool): ToolInfo {
  const { name, source, audience, unavailable, description } = tool;
  const words = `tools.does.${name}`;
  const isOwn = source.kind === 'builtin';
  return {
    name,
    enabled: isToolEnabled(switches, tool),
    unavailable: unavailable && troubleInfo(t, unavailable),
    // Servers describe theirs as they like, in whatever language.
    does: isOwn && hasWords(words) ? t(words) : quote(description),
    source: isOwn ? t('tools.source.builtin') : t('tools.source.mcp', { server: quote(source.server) }),
    audience:
      audience === 'everybody' ? null : t('tools.audience.permission', { permissions: permissionWords(t, [audience]) }),
  };
}

function troubleInfo(t: Translate, trouble: ToolTrouble): NonNullable<ToolInfo['unavailable']> {
  if (trouble.why === 'schema') return { why: t('tools.why.schema'), passes: false };
  const { retryInMs } = trouble;
  if (retryInMs === null) return { why: t('tools.why.serverGone'), passes: true };
  return { why: t('tools.why.serverDown', { seconds: Math.max(1, Math.ceil(retryInMs / 1000)) }), passes: true };
}

/** The words for what our own tools do, none of which has a placeholder. */
type DoesKey = Extract<MessageKey, `tools.does.${string}`>;

function hasWords(key: string): key is DoesKey {
  return Object.hasOwn(en, key);
}

/** The list as a member reads it, one line a tool below whose they are: in the message while it fits, as a file when it does not. */
export function showTools(t: Translate, tools: readonly ToolInfo[]): Aside {
  const sources = new Set(tools.map(({ source }) => source));
  const lines = [...sources].flatMap((source) => [
    `**${source}**`,
    ...tools.filter((tool) => tool.source === source).map((tool) => toolLine(t, tool)),
  ]);
  const howTo = t('tools.howTo', { permissions: permissionWords(t, ['ManageGuild']) });
  const list = [t('tools.heading'), ...lines].join('\n');
  const text = `${list}\n${howTo}`;
  if (text.length <= MESSAGE_LENGTH) return { text, files: [] };
  const file = new AttachmentBuilder(Buffer.from(list), { name: 'tools.txt' });
  return { text: `${t('tools.attached')}\n${howTo}`, files: [file] };
}

/** The tool that is meant, in any case and with spaces or hyphens for the underscores. */
export function toolFrom(tools: readonly ToolInfo[], typed: string): ToolInfo | null {
  const wanted = fold(typed).replace(/[\s-]/g, '_');
  return tools.find(({ name }) => fold(name) === wanted) ?? null;
}

/** Enough to choose from, and few enough for a message of names of the longest kind. */
const MOST_NAMES = 20;

/** The names that may have been meant, else of those that there are. */
export function namesNear(tools: readonly ToolInfo[], typed: string): string {
  const near = closest(tools, typed, wordsOf, MOST_NAMES);
  const shown = (near.length > 0 ? near : tools).slice(0, MOST_NAMES).map(({ name }) => `\`${name}\``);
  return [...shown, ...(near.length === 0 && tools.length > MOST_NAMES ? ['…'] : [])].join(', ');
}

/** Those first that the switch would change; of one that cannot be switched on it is said that it is not available. */
export function suggestTools(
  t: Translate,
  tools: readonly ToolInfo[],
  typed: string,
  on: boolean,
): readonly Suggestion[] {
  const useful = ({ enabled, unavailable }: ToolInfo): boolean =>
    enabled !== on && !(on && unavailable?.passes === false);
  const ordered = [...tools.filter(useful), ...tools.filter((tool) => !useful(tool))];
  const found = search(ordered, typed, wordsOf);
  return found.map((tool) => ({ name: cut(`${tool.name} · ${state(t, tool)}`), value: tool.name }));
}

function wordsOf({ name }: ToolInfo): readonly string[] {
  return [name, name.replaceAll(/_+/g, ' ')];
}

/** Discord's limit for the name of a suggestion. */
function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function toolLine(t: Translate, tool: ToolInfo): string {
  const { name, unavailable, does, audience } = tool;
  const said = [unavailable?.why ?? [], does, audience ?? []].flat().filter((text) => text !== '');
  return `- \`${name}\`: **${state(t, tool)}**. ${said.join(' ')}`.trimEnd();
}

function state(t: Translate, { enabled, unavailable }: ToolInfo): string {
  const isOn = t(enabled ? 'tools.on' : 'tools.off');
  if (unavailable === null) return isOn;
  return unavailable.passes ? t('tools.away', { state: isOn }) : t('tools.unavailable');
}
