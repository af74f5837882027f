/**
 * The words of a message wherever they are: in its text, in the text displays of Components V2, in its embeds.
 */
import type { MessageState } from './world/guild-state.ts';

interface Part {
  readonly type?: number;
  readonly content?: string;
  readonly components?: readonly Part[];
  readonly accessory?: Part;
}

interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly footer?: { readonly text: string };
}

const TEXT_DISPLAY = 10;

/** Text displays, from the top down. */
export function textDisplays(components: readonly unknown[]): string[] {
  return (components as readonly Part[]).flatMap(({ type, content, components: inner = [], accessory }) => [
    ...(type === TEXT_DISPLAY && content !== undefined ? [content] : []),
    ...textDisplays(inner),
    ...(accessory ? textDisplays([accessory]) : []),
  ]);
}

/** All that a member can read in a message, a line each. */
export function wordsOf({
  content,
  components,
  embeds,
}: Pick<MessageState, 'content' | 'components' | 'embeds'>): string {
  const ofEmbeds = (embeds as readonly Embed[]).flatMap(({ title, description, fields = [], footer }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [content, ...textDisplays(components), ...ofEmbeds].filter((words) => words).join('\n');
}
