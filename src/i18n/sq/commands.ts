import type { commands as en } from '../en/commands.ts';

export const commands: Readonly<Record<keyof typeof en, string>> = {
  'command.join.name': 'bashkohu',
  'command.join.description': 'Parley hyn në kanalin tënd zanor dhe flet me të gjithë aty',
  'command.join.channel.name': 'kanali',
  'command.join.channel.description': 'Një kanal tjetër nga ai ku je',
  'command.leave.name': 'largohu',
  'command.leave.description': 'Parley largohet nga kanali zanor',
};
