/**
 * The first answer to an interaction as its body says it, checked (Discord, "Interaction Response Object").
 */
import type { MessageBody } from '../messages.ts';
import type { Choice } from './interaction.ts';

export type CallbackBody =
  | { readonly type: 4 | 7; readonly data?: MessageBody }
  | { readonly type: 5; readonly data?: { readonly flags?: number } }
  | { readonly type: 6 }
  | { readonly type: 8; readonly data: { readonly choices: readonly Choice[] } }
  | { readonly type: 9; readonly data: unknown };
