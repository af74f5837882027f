import type { privacy as en } from '../en/privacy.ts';

export const privacy: Readonly<Record<keyof typeof en, string>> = {
  'command.privacy.name': 'privacidad',
  'command.privacy.description': 'Qué oye, envía y guarda Parley, y cómo hacer que no te oiga',
  'command.privacy.show.name': 'mostrar',
  'command.privacy.show.description': 'Qué se oye, se envía y se guarda, y si se te oye ahora mismo',
  'command.privacy.opt-out.name': 'excluirme',
  'command.privacy.opt-out.description': 'Parley deja de oírte, en todos los servidores',
  'command.privacy.opt-in.name': 'incluirme',
  'command.privacy.opt-in.description': 'Parley vuelve a oírte',
  'privacy.you.optedOut': '**No te oigo** en ningún servidor: te has excluido. `/privacidad incluirme` lo deshace.',
  'privacy.you.heard': '**Te oigo ahora mismo** en {channel}, siempre que hablas.',
  'privacy.you.muted': '**No te oigo ahora mismo**, porque estás en silencio. En {channel} te oigo cuando no lo estás.',
  'privacy.you.soon': '**No te oigo ahora mismo.** Voy de camino a {channel}, y allí te oiré.',
  'privacy.you.elsewhere': '**No te oigo ahora mismo**: no estoy contigo en ningún canal de voz.',
  'privacy.heard':
    '**Oigo** a todo el que hable en el canal de voz en el que estoy, menos a los bots y a quien se haya excluido. El cifrado de extremo a extremo de la llamada termina en mí, porque tengo que oíros.',
  'privacy.sent':
    '**Envío** tu voz, lo que me escribes con sus imágenes y mensajes de voz, y tu nombre en este servidor a la API Gemini Live de Google, que responde. Si se corta la conexión, Google puede continuar la conversación hasta dos horas después. Sus condiciones: <https://ai.google.dev/gemini-api/terms>',
  'privacy.stored':
    '**Guardo** los ajustes de este servidor, cuántos minutos y tokens consume al día, dónde están mis paneles de control, en qué canales hablo y cómo seguir allí las conversaciones, los recordatorios y quién los creó, y quién se ha excluido. Nunca audio. Las últimas frases quedan en la memoria hasta que salgo del canal.',
  'privacy.transcriptOff': '**Transcripción:** desactivada. Lo que se dice no se escribe.',
  'privacy.transcriptOn':
    '**Transcripción:** activada. Lo que se dice también se escribe en {place} y se guarda 7 días.',
  'privacy.kept':
    '**Cuánto tiempo:** el consumo, {usageDays} días; un recordatorio, hasta que lo doy; todo lo de un servidor, hasta {goneDays} días después de que me quiten de él; tu exclusión, hasta que la deshagas.',
  'privacy.change': '**Para que no te oiga:** `/privacidad excluirme`, silencia tu micrófono o sal del canal.',
  'privacy.optedOut':
    'Hecho. Desde ahora no te oigo en ningún servidor: lo que dices ni siquiera se decodifica. Tú me sigues oyendo. `/privacidad incluirme` lo deshace.',
  'privacy.optedOutAlready':
    'Ya te habías excluido: no te oigo en ningún servidor. `/privacidad incluirme` lo deshace.',
  'privacy.optOutUnsaved':
    'No se ha podido guardar y nada ha cambiado: te sigo oyendo. Silencia tu micrófono o sal del canal, e inténtalo de nuevo en un minuto.',
  'privacy.optedIn':
    'Hecho. Desde ahora te oigo cuando estoy contigo en un canal de voz. `/privacidad excluirme` lo deshace.',
  'privacy.optedInAlready':
    'No te has excluido: te oigo cuando estoy contigo en un canal de voz. `/privacidad excluirme` lo cambia.',
};
