import type { commands as en } from '../en/commands.ts';

export const commands: Readonly<Record<keyof typeof en, string>> = {
  'command.join.name': 'unirse',
  'command.join.description': 'Parley entra en tu canal de voz y habla con quienes estén en él',
  'command.join.channel.name': 'canal',
  'command.join.channel.description': 'Otro canal distinto de aquel en el que estás',
  'command.leave.name': 'salir',
  'command.leave.description': 'Parley sale del canal de voz',
};
