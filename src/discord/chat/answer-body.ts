/**
 * A message of an answer as Discord takes it: pinging nobody, with or without the button that stops it.
 */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { AnswerMessage } from '../../chat/answer-place.ts';

export interface AnswerBody {
  readonly content: string;
  readonly components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  readonly allowedMentions: { readonly parse: []; readonly repliedUser: false };
}

export function answerBody({ content, stop }: AnswerMessage): AnswerBody {
  const components = stop === null ? [] : [row({ custom_id: stop.customId, label: stop.label })];
  return { content, components, allowedMentions: { parse: [], repliedUser: false } };
}

function row(button: Pick<APIButtonComponentWithCustomId, 'custom_id'> & { readonly label: string }) {
  const styled = { type: ComponentType.Button, style: ButtonStyle.Secondary, ...button } as const;
  return { type: ComponentType.ActionRow, components: [styled] } as const satisfies AnswerBody['components'][number];
}
