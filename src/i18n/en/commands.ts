export const commands = {
  'command.join.name': 'join',
  'command.join.description': 'Parley joins your voice channel and talks with everybody in it',
  'command.join.channel.name': 'channel',
  'command.join.channel.description': 'Another channel than the one you are in',
  'command.leave.name': 'leave',
  'command.leave.description': 'Parley leaves the voice channel',
} as const;
