import { z } from 'zod';
import { defineTool } from '../define-tool.ts';

/** Who opted out of being heard is not told of: whom a model knows it may talk about. */
export const whoIsHere = defineTool({
  name: 'who_is_here',
  description:
    'Names the people in the voice channel. Call this when somebody asks who is here, or when you need a name that you do not know.',
  args: z.object({}),
  defaultOn: true,
  audience: 'everybody',
  async run(_, { guild }) {
    const here = guild.presence();
    if (here === null) return { note: 'This conversation is in text: it has no voice channel for people to be in.' };
    const { channel, people, bots, notHeard } = here;
    return {
      channel,
      people,
      numberOfPeople: people.length,
      ...(bots.length > 0 && { otherBots: bots }),
      ...(notHeard > 0 && { moreWhoDoNotTakePart: notHeard }),
    };
  },
});
