import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import type { MemberFacts } from '../guild-actions.ts';

/** Nothing that every member of the server could not look up. */
export const memberInfo = defineTool({
  name: 'member_info',
  description:
    'Tells what the server knows of one of its members: since when they are here, their roles, and the voice channel they are in. ' +
    'Call this when somebody asks about a member of this server.',
  args: z.object({ name: z.string().trim().min(1).max(100).describe('Their name, or a mention such as <@123>.') }),
  defaultOn: true,
  audience: 'everybody',
  async run({ name }, { guild }) {
    const members = guild.findMembers(name);
    if (members.length > 0) return { members: members.map(described) };
    return {
      members: [],
      note: 'Nobody of that name is known to me. I only know those who were in a voice channel, or used me, since I was started.',
    };
  },
});

function described({ name, username, bot, owner, joinedAt, roles, voiceChannel }: MemberFacts) {
  return {
    name,
    username,
    ...(bot && { isBot: true }),
    ...(owner && { ownsTheServer: true }),
    joined: joinedAt === null ? 'unknown' : new Date(joinedAt).toISOString().slice(0, 10),
    roles,
    voiceChannel: voiceChannel ?? 'none',
  };
}
