import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { postingAnswer } from './posting-answer.ts';

/** What people can only hear they can neither copy nor look at later. */
export const postNote = defineTool({
  name: 'post_note',
  description:
    'Writes a message in the text chat of the conversation. Call this when somebody wants something written down, or when it is of ' +
    'little use aloud: links, code, lists, numbers. Nobody is notified by it. Then say in a few words that it is in the chat.',
  args: z.object({
    text: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .describe('The message in Discord markdown; code in a fence with its language.'),
  }),
  defaultOn: true,
  audience: 'SendMessages',
  async run({ text }, { guild }) {
    return postingAnswer(await guild.post(text), { characters: text.length });
  },
});
