import type { room as en } from '../en/room.ts';

export const room: Readonly<Record<keyof typeof en, string>> = {
  'dispatch.unknown': 'Ya no conozco ese comando. Reinicia Discord para ver los que tengo.',
  'dispatch.guildOnly': 'Solo funciono en servidores de los que soy miembro.',
  'join.connecting': 'Sigo conectándome a {channel} …',
  'join.done': 'Estoy en {channel} y escucho.',
  'join.alreadyHere': 'Ya estoy aquí, en {channel}.',
  'join.alreadyJoining': 'Ya voy de camino a {channel}.',
  'join.youLack': 'No puedes enviarme a {channel}: allí te falta {permissions}.',
  'join.noticeUnposted': 'No he podido escribir en este canal. Avisa a todos de que se les está escuchando:',
  'leave.done': 'He salido de {channel}.',
  'notice.askedToSpeak': 'He pedido la palabra en este escenario. Hasta que la moderación me la dé, no me oiréis.',
  'notice.serverMuted':
    'La moderación me ha silenciado en este servidor. Sigo escuchando, pero nadie oye mis respuestas.',
  'notice.serverDeafened': 'La moderación me ha ensordecido en este servidor. No oigo a nadie hasta que se deshaga.',
  'notice.permissionLost':
    'Acabo de perder un permiso en {channel}: {permissions}. Devolvédmelo o puede que enmudezca o me desconecte.',
  'notice.settingsRefused': 'Sigo con los ajustes de antes. {why}',
  'notice.minutesLeft':
    'El tiempo de conversación de hoy de este servidor casi se ha agotado. Minutos restantes: {minutes}. Empieza de nuevo {reset}.',
  'notice.tokensLeft':
    'El límite de tokens de hoy de este servidor casi se ha agotado. Queda el {percent} %. Empieza de nuevo {reset}.',
  'end.alone': 'He salido de {channel} porque no quedaba nadie más. Llámame de nuevo con `/join`.',
  'end.shutdown': 'Me están reiniciando y he salido de {channel}. Llámame de nuevo con `/join` dentro de un minuto.',
  'end.other': 'He salido de {channel}. {why}',
  'permission.ViewChannel': 'Ver canal',
  'permission.Connect': 'Conectar',
  'permission.Speak': 'Hablar',
  'permission.RequestToSpeak': 'Solicitar hablar',
  'permission.MoveMembers': 'Mover miembros',
  'permission.ManageGuild': 'Gestionar servidor',
  'permission.SendMessages': 'Enviar mensajes',
  'permission.SendMessagesInThreads': 'Enviar mensajes en hilos',
  'permission.CreatePublicThreads': 'Crear hilos públicos',
  'permission.SendPolls': 'Crear encuestas',
  'permission.SendVoiceMessages': 'Enviar mensajes de voz',
  'permission.AttachFiles': 'Adjuntar archivos',
  'permission.ReadMessageHistory': 'Leer el historial de mensajes',
  'permission.ManageMessages': 'Gestionar mensajes',
};
