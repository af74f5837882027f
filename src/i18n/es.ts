import type { Messages } from './messages.ts';

export const es: Messages = {
  'command.join.name': 'unirse',
  'command.join.description': 'Parley entra en tu canal de voz y habla con quienes estén en él',
  'command.join.channel.name': 'canal',
  'command.join.channel.description': 'Otro canal distinto de aquel en el que estás',
  'command.leave.name': 'salir',
  'command.leave.description': 'Parley sale del canal de voz',

  'dispatch.unknown': 'Ya no conozco ese comando. Reinicia Discord para ver los que tengo.',
  'dispatch.guildOnly': 'Solo funciono en servidores de los que soy miembro.',

  'join.connecting': 'Sigo conectándome a {channel} …',
  'join.done': 'Estoy en {channel} y escucho.',
  'join.alreadyHere': 'Ya estoy aquí, en {channel}.',
  'join.alreadyJoining': 'Ya voy de camino a {channel}.',
  'join.youLack': 'No puedes enviarme a {channel}: allí te falta {permissions}.',
  'join.noticeUnposted': 'No he podido escribir en este canal. Avisa a todos de que se les está escuchando:',
  'leave.done': 'He salido de {channel}.',
  'leave.youMayNot': 'Solo alguien que esté en {channel}, o que tenga el permiso {permissions}, puede despedirme.',

  'notice.consent':
    '🎙️ **Parley está escuchando en {channel}.**\n' +
    'Se oye a todo el que hable aquí. Descifro lo que decís y lo envío a la API Gemini Live de Google, cuyas respuestas digo en voz alta. No guardo ningún audio.\n' +
    '¿No quieres que te oiga? Silencia tu micrófono o sal del canal. Cualquiera que esté en el canal puede despedirme con `/leave`.',
  'notice.askedToSpeak': 'He pedido la palabra en este escenario. Hasta que la moderación me la dé, no me oiréis.',
  'notice.serverMuted':
    'La moderación me ha silenciado en este servidor. Sigo escuchando, pero nadie oye mis respuestas.',
  'notice.serverDeafened': 'La moderación me ha ensordecido en este servidor. No oigo a nadie hasta que se deshaga.',
  'notice.permissionLost':
    'Acabo de perder un permiso en {channel}: {permissions}. Devolvédmelo o puede que enmudezca o me desconecte.',
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

  'fallback.channel': 'el canal',
  'fallback.permissions': 'Ver canal, Conectar o Hablar',
  'fallback.reset': 'a medianoche UTC',

  'error.CONFIG_INVALID': 'Mi configuración no es correcta. Quien me administra tiene que corregirla.',
  'error.DISCORD_TOKEN_REFUSED': 'Discord rechaza mi token. Quien me administra tiene que poner uno nuevo.',
  'error.DISCORD_INTENT_REFUSED':
    'Discord me niega un intent. Quien me administra tiene que activarlo en el portal de desarrolladores.',
  'error.DISCORD_UNREACHABLE': 'Ahora mismo no puedo conectar con Discord. Inténtalo de nuevo en un minuto.',
  'error.STORE_UNUSABLE': 'Mi base de datos no se puede usar. Quien me administra tiene que revisarla.',
  'error.STORE_WRITE_FAILED': 'No se ha podido guardar y nada ha cambiado. Inténtalo de nuevo en un minuto.',
  'error.GUILD_NOT_ALLOWED':
    'No se me puede usar en este servidor. Lo decide quien me administra; pídele que lo añada.',
  'error.MEMBER_IN_NO_CHANNEL': 'No estás en ningún canal de voz. Entra en uno o indica cuál: `/join channel:`.',
  'error.MEMBER_MAY_NOT_MOVE':
    'Estoy hablando con otras personas en {channel}. Solo alguien con el permiso «Mover miembros» puede llamarme.',
  'error.ROOM_NONE': 'No estoy en ningún canal.',
  'error.ROOM_LIMIT': 'Ya estoy en todos los canales de voz en los que puedo estar a la vez. Inténtalo más tarde.',
  'error.MINUTES_LIMIT': 'El tiempo de conversación de hoy de este servidor se ha agotado. Empieza de nuevo {reset}.',
  'error.TOKENS_LIMIT': 'El límite de tokens de hoy de este servidor se ha agotado. Empieza de nuevo {reset}.',
  'error.SHUTTING_DOWN': 'Me están reiniciando. Inténtalo de nuevo en un minuto.',
  'error.ROOM_THREAD_LOST': 'Una parte de mí ha fallado. Vuelvo por mi cuenta; si no, usa `/join`.',
  'error.ROOM_THREAD_REPEATEDLY_LOST':
    'Una parte de mí ha fallado aquí varias veces, así que he parado. Prueba `/join` en unos minutos y avisa a quien me administra.',
  'error.VOICE_PERMISSION_MISSING':
    'No puedo hablar en {channel}: me falta {permissions}. Dámelo en los ajustes del canal e inténtalo de nuevo.',
  'error.VOICE_CHANNEL_FULL': '{channel} está lleno. Haced sitio para uno más o dadme el permiso «Mover miembros».',
  'error.VOICE_CHANNEL_UNSUPPORTED': 'Solo puedo hablar en canales de voz y de escenario.',
  'error.VOICE_JOIN_TIMEOUT': 'Conectar con el canal de voz ha tardado demasiado y lo he dejado. Inténtalo de nuevo.',
  'error.VOICE_GATEWAY_BUDGET':
    'El canal de voz fallaba una y otra vez; he parado antes de que Discord me bloquee. Inténtalo de nuevo en un minuto.',
  'error.VOICE_GATEWAY_DOWN': 'He perdido el contacto con Discord. Inténtalo de nuevo en un minuto.',
  'error.VOICE_KICKED': 'La moderación me ha desconectado. Llámame de nuevo con `/join`.',
  'error.VOICE_CALL_TERMINATED':
    'Discord ha terminado la llamada o el canal ya no existe. Usa `/join` para empezar de nuevo.',
  'error.VOICE_RATE_LIMITED': 'Discord me pide que vaya más despacio. Inténtalo de nuevo en uno o dos minutos.',
  'error.VOICE_ENCRYPTION_REQUIRED':
    'Esta llamada exige cifrado de extremo a extremo y no he podido establecerlo. Avisa a quien me administra.',
  'error.VOICE_ENCRYPTION_FAILED':
    'El cifrado de extremo a extremo de la llamada ha fallado y no se ha podido reparar. Inténtalo de nuevo con `/join`.',
  'error.VOICE_REJECTED': 'El servidor de voz de Discord me ha rechazado. Avisa a quien me administra.',
  'error.VOICE_LOST':
    'He perdido la conexión con el canal de voz y no he podido recuperarla. Inténtalo de nuevo con `/join`.',
  'error.LIVE_KEY_REFUSED': 'Google rechaza mi clave de Gemini. Quien me administra tiene que poner una válida.',
  'error.LIVE_MODEL_REFUSED':
    'Google no ofrece el modelo de Gemini configurado. Quien me administra tiene que elegir otro.',
  'error.LIVE_SETUP_REFUSED': 'Gemini rechaza mi configuración para conversar. Avisa a quien me administra.',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini no responde. Inténtalo de nuevo en un minuto.',
  'error.LIVE_UNREACHABLE': 'Ahora mismo no puedo conectar con Gemini. Inténtalo de nuevo en un minuto.',
  'error.LIVE_QUOTA':
    'La cuota de mi clave de Gemini se ha agotado. Inténtalo más tarde; quien me administra puede ampliarla.',
  'error.LIVE_LOST': 'He perdido la conexión con Gemini y no he podido recuperarla. Inténtalo de nuevo con `/join`.',
  'error.INTERNAL': 'Algo ha ido mal por mi parte. Inténtalo de nuevo; si se repite, avisa a quien me administra.',
};
