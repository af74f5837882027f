import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { postingAnswer } from './posting-answer.ts';

/** One of Discord's own (Discord, "Poll Resource"), whose limits these are: 32 days at most. */
export const createPoll = defineTool({
  name: 'create_poll',
  description:
    'Starts a poll in the text chat of the conversation, in which everybody there can vote. Call this when somebody wants a vote ' +
    'or a poll and the answers to choose from are known.',
  args: z.object({
    question: z.string().trim().min(1).max(300),
    answers: z.array(z.string().trim().min(1).max(55)).min(2).max(10).describe('To choose from, in this order.'),
    hours: z.number().int().min(1).max(768).default(24).describe('How long one can vote.'),
    several_answers: z.boolean().default(false).describe('Whether one may vote for more than one.'),
  }),
  defaultOn: true,
  audience: 'SendPolls',
  async run({ question, answers, hours, several_answers: severalAnswers }, { guild }) {
    const posting = await guild.postPoll({ question, answers, hours, severalAnswers });
    return postingAnswer(posting, { question, answers, openForHours: hours });
  },
});
