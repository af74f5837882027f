import type { transcript as en } from '../en/transcript.ts';

export const transcript: Readonly<Record<keyof typeof en, string>> = {
  'command.transcript.name': 'transcripción',
  'command.transcript.description': 'Lo que se dice en voz, puesto por escrito; al principio desactivado',
  'command.transcript.on.name': 'activar',
  'command.transcript.on.description':
    'Desde ahora, lo que se dice se escribe aquí, para todos los que leen este canal',
  'command.transcript.off.name': 'desactivar',
  'command.transcript.off.description': 'Ya no se escribe nada más',
  'command.transcript.show.name': 'mostrar',
  'command.transcript.show.description': 'La conversación más reciente de los últimos 7 días, como archivo',
  'command.transcript.show.summary.name': 'resumen',
  'command.transcript.show.summary.description': 'Con un breve resumen de Gemini, que tarda un momento',
  'transcript.on.now':
    'La transcripción está activada. Lo que se dice en {channel} se escribe ahora en {place}, donde lo lee cualquiera que pueda verlo. `/transcripción desactivar` la termina.',
  'transcript.on.later':
    'La transcripción está activada. A partir de mi próxima conversación, lo que se diga se escribirá en {place}, donde lo lee cualquiera que pueda verlo. `/transcripción desactivar` la termina.',
  'transcript.on.already': 'La transcripción ya está activada, en {place}. `/transcripción desactivar` la termina.',
  'transcript.on.stuck':
    'La transcripción está activada, pero no puedo escribirla en {place}. {why} Mientras tanto solo se guarda para `/transcripción mostrar`.',
  'transcript.on.botLacks':
    'No puedo escribir la transcripción en {channel}: me falta {permissions}. Dame eso e inténtalo de nuevo.',
  'transcript.on.wrongPlace':
    'Aquí no puedo escribir una transcripción. Usa el comando en un canal de texto, un hilo o el chat de un canal de voz.',
  'transcript.off.done':
    'La transcripción está desactivada. Lo que he guardado de ella se borra 7 días después de haberse dicho; hasta entonces lo tiene `/transcripción mostrar`. Lo que está en un hilo se queda allí hasta que alguien lo borre.',
  'transcript.off.already': 'La transcripción ya está desactivada.',
  'transcript.show.file':
    'Lo que se dijo en {channel} de {from} a {to}, tal como lo entendió Gemini: aproximado, no palabra por palabra.',
  'transcript.show.none':
    'No hay ninguna transcripción que puedas ver. O no se escribió nada en los últimos 7 días, o fue en un canal al que no puedes entrar. Alguien con el permiso {permissions} puede activarla: `/transcripción activar`.',
  'transcript.show.summaryComing': '{file}\n\nUn resumen está en camino…',
  'transcript.show.summary': '{file}\n\n**Un resumen, hecho por Gemini y no revisado por nadie:**\n>>> {summary}',
  'transcript.show.summaryOfEnd':
    '{file}\n\n**Un resumen del final, porque es larga; hecho por Gemini y no revisado por nadie:**\n>>> {summary}',
  'transcript.show.summaryFailed': '{file}\n\nNo hay resumen: {why}',
  'transcript.show.summaryBusy':
    '{file}\n\nNo hay resumen: ahora mismo otra persona está pidiendo uno. Inténtalo de nuevo en un minuto.',
  'transcript.file.head': '{channel}, de {from} a {to} (UTC)',
  'transcript.file.approximate': 'Tal como lo entendió Gemini: aproximado, no palabra por palabra.',
  'transcript.file.leftOut':
    'El principio se ha omitido, porque este archivo sería demasiado grande. Intervenciones que faltan: {count}',
  'transcript.intro':
    '📝 **Transcripción de {channel}**\n{member} la ha activado. Lo que se dice allí se escribe aquí tal como lo entiende Gemini: aproximado, no palabra por palabra. Quien no quiera ser oído usa `/privacidad excluirme` y no aparece.\nGuardo una copia durante 7 días (`/transcripción mostrar`); lo que está aquí se queda hasta que alguien lo borre. Con el permiso {permissions}, `/transcripción desactivar` la termina.',
  'transcript.notice':
    '📝 **Lo que se dice aquí se pone por escrito** en {place}, donde lo lee cualquiera que pueda verlo, y yo lo guardo 7 días. {member} lo ha activado. Quien no quiera ser oído usa `/privacidad excluirme`; `/transcripción desactivar` lo termina.',
  'transcript.noticeOff': '📝 {member} ha desactivado la transcripción: ya no se escribe nada más.',
  'transcript.stuck': '📝 Ya no puedo escribir la transcripción. {why}',
  'transcript.why.gone':
    'El hilo o el canal se ha borrado: `/transcripción activar` empieza otro, `/transcripción desactivar` la termina.',
  'transcript.why.forbidden':
    'Allí me falta un permiso: tengo que ver el canal, abrir hilos públicos y escribir en ellos.',
  'transcript.why.locked':
    'El hilo está bloqueado: alguien tiene que desbloquearlo, o empezar otro con `/transcripción activar`.',
  'transcript.why.threadLimit':
    'Este servidor tiene tantos hilos abiertos como puede tener: alguien tiene que archivar algunos.',
  'transcript.why.refused': 'Discord lo rechaza. Prueba `/transcripción activar` en otro canal.',
  'transcript.interrupted': 'interrumpido',
  'transcript.somebody': 'Alguien',
};
