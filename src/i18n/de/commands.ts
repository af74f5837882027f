import type { commands as en } from '../en/commands.ts';

export const commands: Readonly<Record<keyof typeof en, string>> = {
  'command.join.name': 'beitreten',
  'command.join.description': 'Parley kommt in deinen Sprachkanal und spricht mit allen darin',
  'command.join.channel.name': 'kanal',
  'command.join.channel.description': 'Ein anderer Kanal als der, in dem du bist',
  'command.leave.name': 'verlassen',
  'command.leave.description': 'Parley verlässt den Sprachkanal',
};
