/**
 * What the room's channel reads when a tool needs a member's word: what is to happen, with which arguments, and who asked.
 */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  AttachmentBuilder,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Translate } from '../../i18n/translate.ts';
import type { Tool } from '../../tools/define-tool.ts';
import type { ConfirmationRequest } from '../../tools/tool-executor.ts';
import { permissionWords } from '../permissions.ts';
import { quote } from '../quote.ts';
import { confirmationId } from './confirmation-ids.ts';

export interface ConfirmationPost {
  readonly content: string;
  readonly components: readonly APIActionRowComponent<APIButtonComponentWithCustomId>[];
  readonly files: readonly AttachmentBuilder[];
}

/** Leaves room in a message of 2,000 for everything else. */
const ARGUMENTS_LENGTH = 1_000;
/** Of those who asked; more have never spoken at the same time. */
const MOST_NAMES = 10;

export function confirmationPost(t: Translate, question: string, request: ConfirmationRequest): ConfirmationPost {
  const { tool, args, actorIds, waitMs } = request;
  const json = legible(JSON.stringify(args, null, 2));
  const isWhole = json.length <= ARGUMENTS_LENGTH;
  const block = `\`\`\`json\n${isWhole ? json : `${json.slice(0, ARGUMENTS_LENGTH)}…`}\n\`\`\``;
  const lines = [
    t('tools.confirm.ask', { tool: tool.name, people: mentions(actorIds) }),
    tool.source.kind === 'mcp' ? t('tools.confirm.server', { server: quote(tool.source.server) }) : [],
    Object.keys(args).length > 0 ? block : [],
    isWhole ? [] : t('tools.confirm.attached'),
    whoAnswers(t, tool, Math.round(waitMs / 1000)),
  ];
  // All of it must be there to be read before it is allowed.
  const files = isWhole ? [] : [new AttachmentBuilder(Buffer.from(json), { name: 'arguments.json' })];
  const buttons = [
    button(confirmationId(question, 'allow'), t('tools.confirm.allow'), ButtonStyle.Success),
    button(confirmationId(question, 'deny'), t('tools.confirm.deny'), ButtonStyle.Danger),
  ];
  return {
    content: lines.flat().join('\n'),
    components: [{ type: ComponentType.ActionRow, components: buttons }],
    files,
  };
}

export function mentions(ids: readonly string[]): string {
  return ids
    .slice(0, MOST_NAMES)
    .map((id) => `<@${id}>`)
    .join(', ');
}

function whoAnswers(t: Translate, { audience }: Tool, seconds: number): string {
  if (audience === 'everybody') return t('tools.confirm.whoAsked', { seconds });
  return t('tools.confirm.whoMay', { seconds, permissions: permissionWords(t, [audience]) });
}

/** As it is, and nothing but that: no end of the block, nothing that hides or turns around what stands beside it. */
function legible(json: string): string {
  return json
    .replace(
      /[\p{Cf}\p{Zl}\p{Zp}]/gu,
      (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('`', '\\u0060');
}

function button(customId: string, label: string, style: ButtonStyle.Success | ButtonStyle.Danger) {
  return { type: ComponentType.Button, custom_id: customId, label, style } as const;
}
