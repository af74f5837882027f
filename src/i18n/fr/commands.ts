import type { commands as en } from '../en/commands.ts';

export const commands: Readonly<Record<keyof typeof en, string>> = {
  'command.join.name': 'rejoindre',
  'command.join.description': 'Parley rejoint ton salon vocal et parle avec tout le monde',
  'command.join.channel.name': 'salon',
  'command.join.channel.description': 'Un autre salon que celui où tu te trouves',
  'command.leave.name': 'quitter',
  'command.leave.description': 'Parley quitte le salon vocal',
};
