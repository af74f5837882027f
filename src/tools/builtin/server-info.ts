import { z } from 'zod';
import { defineTool } from '../define-tool.ts';

/** Nothing that every member of the server could not look up. */
export const serverInfo = defineTool({
  name: 'server_info',
  description:
    'Tells about this Discord server: its name, how many members, channels, roles and boosts it has, and when it was made. Call ' +
    'this when somebody asks about the server.',
  args: z.object({}),
  defaultOn: true,
  audience: 'everybody',
  async run(_, { guild }) {
    const { createdAt, description, ...facts } = guild.server();
    return {
      ...facts,
      ...(description !== null && { description }),
      created: new Date(createdAt).toISOString().slice(0, 10),
    };
  },
});
