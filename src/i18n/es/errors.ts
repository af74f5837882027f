import type { errors as en } from '../en/errors.ts';

export const errors: Readonly<Record<keyof typeof en, string>> = {
  'fallback.channel': 'el canal',
  'fallback.permissions': 'Ver canal, Conectar o Hablar',
  'fallback.reset': 'a medianoche UTC',
  'fallback.wait': 'dentro de unos minutos',
  'refused.setup': 'no dice cuál. Avisa a quien me administra; lo que ha contestado está en el registro.',
  'refused.voice': 'la voz. Elige otra con `/voice`.',
  'refused.language': 'el idioma. Elige otro con `/language`.',
  'refused.persona': 'el personaje. Cámbialo con `/persona set`.',
  'refused.tools': 'una de las herramientas. Desactiva con `/tools disable` la última que se activó.',
  'refused.location': 'no se ofrece en el país donde funciono. Avisa a quien me administra.',
  'refused.option': '`{option}` en el archivo de `LIVE_OPTIONS`. Avisa a quien me administra.',
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
  'error.MEMBER_MAY_NOT_STEER': 'Solo puede hacerlo quien esté en {channel} o tenga el permiso {permissions}.',
  'error.MEMBER_LACKS_PERMISSION': 'Para eso te falta el permiso {permissions}.',
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
  'error.LIVE_KEY_REFUSED':
    'Google rechaza mi clave de Gemini. Quien me administra tiene que poner una válida: `GEMINI_API_KEY`.',
  'error.LIVE_MODEL_REFUSED':
    'Google no ofrece el modelo de Gemini configurado. Quien me administra tiene que elegir otro: `GEMINI_MODEL`.',
  'error.LIVE_SETUP_REFUSED': 'Gemini no acepta mis ajustes para conversar: {setting}',
  'error.LIVE_CONNECT_TIMEOUT': 'Gemini no responde. Inténtalo de nuevo en un minuto.',
  'error.LIVE_UNREACHABLE': 'Ahora mismo no puedo conectar con Gemini. Inténtalo de nuevo {wait}.',
  'error.LIVE_QUOTA':
    'La cuota de mi clave de Gemini se ha agotado. Puede que haya más {wait}; quien me administra puede ampliarla.',
  'error.LIVE_LOST': 'He perdido la conexión con Gemini y no he podido recuperarla. Inténtalo de nuevo con `/join`.',
  'error.INTERNAL': 'Algo ha ido mal por mi parte. Inténtalo de nuevo; si se repite, avisa a quien me administra.',
};
